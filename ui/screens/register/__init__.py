"""The room of the controlled-drug register."""
