"""What the pages of all doors have in common: showing one, its forms, the bridge from a form to the JSON door, its problems."""
