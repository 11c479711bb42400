"""How sure an outcome is: `examine` recalculates it with other weights and people, and never changes it."""

from workbench.robustness.examine import Robustness, examine, joint_of, stability_of

__all__ = ["Robustness", "examine", "joint_of", "stability_of"]
