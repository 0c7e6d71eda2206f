"""The stories the demo replays, on real input where there is some."""

from cli.demo.script import Step
from cli.demo.stories import modernization, outage, sunset

STORIES: tuple[tuple[Step, ...], ...] = (modernization.steps(), sunset.steps(), outage.steps())
