from helpers.importing import built, form, shipped_build  # noqa: F401 - fixtures
