"""Bad input is refused, never bent. A refusal names the thing, says what it was and what is allowed; its English template is
the key under which the view finds the same sentence in another language."""


class Refused(ValueError):
    """A sentence with its numbers apart: `Refused("{name} must be {allowed}, not {found}.", name=…, …)`."""

    def __init__(self, template: str, **fields):
        super().__init__(template.format(**fields))
        self.template, self.fields = template, fields
