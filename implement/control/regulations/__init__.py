"""The room of regulations: written from templates, approved, handed out, acknowledged; asked by meetings and pay."""
