"""What is printed: paper and files drawn from an overview."""
