"""A newcomer's additions: what the README's table says to touch, done in a scratch copy of the tree."""
