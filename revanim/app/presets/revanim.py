"""The commands' own keys."""

from revanim.app.shortcuts import Preset

revanim = Preset("revanim", "revanim")
