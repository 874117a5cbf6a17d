"""What things cost (`make bench`) and what a day comes to (`make day`); a small day is tested."""
