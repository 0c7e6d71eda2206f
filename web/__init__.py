"""What people see: sentences and pages in four languages."""
