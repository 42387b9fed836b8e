"""What people do to organizations, people, roles and registers: one noun a module, one transaction a deed."""
