from helpers.importing import built, form  # noqa: F401 - fixtures
