"""What fills the slots of frames: those of verbs, those of nouns, and what belongs to a trigger."""

from kg.extraction.slots.nouns import NounSlots, Slot
from kg.extraction.slots.support import noun_slots, support_of
from kg.extraction.slots.triggers import is_noun_trigger, is_verb_trigger
from kg.extraction.slots.verbs import verb_facts, verb_slot

__all__ = [
    "NounSlots", "Slot", "is_noun_trigger", "is_verb_trigger", "noun_slots", "support_of", "verb_facts", "verb_slot",
]  # fmt: skip
