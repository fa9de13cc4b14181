"""Events: triggers with what fills their roles, how they are meant, when they happen, and which are one."""
