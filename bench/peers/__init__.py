"""Programs that run in the environments of others. They import nothing of the product."""
