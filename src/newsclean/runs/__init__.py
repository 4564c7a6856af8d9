"""Many inputs: found, read, converted in processes of their own, written, resumed and reported."""
