"""From the words that a model quotes to passages of the report: no claim gets past here without them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from kg.language_model.answer import Quote
from kg.language_model.faults import Fault, Faulty
from kg.language_model.locating import Place, find_places
from kg.language_model.passages import Numbered

Span = tuple[int, int]


@dataclass(slots=True)
class Evidence:
    """Finds the quotations of one claim.

    Args:
        text: the report.
        sentences: those that the model was shown, by number.
        home: the number of the claim's sentence.
        asked: the numbers of the sentences that claims are asked on; the others are context.
    """

    text: str
    sentences: Mapping[int, Numbered]
    home: int
    asked: Collection[int]
    main: Span | None = None
    remarks: list[str] = field(default_factory=list)

    def main_passage(self, quotes: Sequence[Quote]) -> tuple[Span, ...]:
        """Find the evidence of the claim; the first passage is the main one and lies in a sentence that was asked about.

        Raises:
            Faulty: a passage is not found, or the sentence was not asked about.
        """
        number = self.home if quotes[0].sentence is None else quotes[0].sentence
        if number in self.sentences and number not in self.asked:
            raise Faulty(Fault("sentence.context", "evidence.0.sentence", value=str(number)))
        self.main = self.find(quotes[0], "evidence.0")
        return tuple(
            dict.fromkeys([self.main, *(self.find(quote, f"evidence.{n}") for n, quote in enumerate(quotes[1:], 1))])
        )

    def find(self, quote: Quote, field: str) -> Span:
        """Find a quotation in its sentence.

        Raises:
            Faulty: it does not stand there.
        """
        number = self.home if quote.sentence is None else quote.sentence
        sentence = self.sentences.get(number)
        if sentence is None:
            raise Faulty(Fault("sentence.unknown", f"{field}.sentence", value=str(number)))
        places = find_places(self.text, quote.quote, sentence.span)
        if not places:
            raise Faulty(self._missing(quote, field, number))
        place = self._choose(places, quote, field)
        if place.how == "approximate":
            self.remarks.append(f"{field} differs by {place.distance}")
        return place.span

    def _choose(self, places: Sequence[Place], quote: Quote, field: str) -> Place:
        if quote.occurrence is not None:
            if not 1 <= quote.occurrence <= len(places):
                raise Faulty(
                    Fault("quote.occurrence", f"{field}.occurrence", f"It has them {len(places)} times.", quote.quote)
                )
            return places[quote.occurrence - 1]
        if len(places) == 1:
            return places[0]
        if self.main is None:
            raise Faulty(
                Fault("quote.ambiguous", f"{field}.quote", "Give `occurrence`, or more of its words.", quote.quote)
            )
        inside = [place for place in places if self.main[0] <= place.span[0] and place.span[1] <= self.main[1]]
        return (inside or [min(places, key=self._distance)])[0]

    def _distance(self, place: Place) -> tuple[int, int]:
        assert self.main is not None  # noqa: S101 - the main passage is found first
        return max(self.main[0] - place.span[1], place.span[0] - self.main[1], 0), place.span[0]

    def _missing(self, quote: Quote, field: str, number: int) -> Fault:
        """Say that the words are not in the sentence, and in which sentences they do stand."""
        others = [
            other.number
            for other in self.sentences.values()
            if other.number != number
            and any(place.how != "approximate" for place in find_places(self.text, quote.quote, other.span))
        ]
        if others:
            told = ", ".join(str(other) for other in others[:5])
            return Fault("quote.elsewhere", f"{field}.quote", f"Not in {number} but in {told}.", quote.quote)
        return Fault("quote.missing", f"{field}.quote", f"Sentence {number}.", quote.quote)
