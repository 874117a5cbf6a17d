"""What each screen decides, without a line of Qt."""
