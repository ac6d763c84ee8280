"""The commands' own keys."""

from revanim.window.shortcuts import Preset

revanim = Preset("revanim", "revanim")
