"""What happens when things go wrong: kill -9, full disks, tampering."""
