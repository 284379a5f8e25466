"""What every call of the API is made of: how it is read, who may ask, how it is answered, and how it fails."""
