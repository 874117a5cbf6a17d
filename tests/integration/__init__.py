"""What meets the disk: real files, real keys."""
