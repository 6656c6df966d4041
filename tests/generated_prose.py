"""Plausible prose without end, the same for the same seed: sentences of varied length.

It says little, but in the letters, the word lengths and the punctuation of English.
"""

from collections.abc import Sequence
from random import Random

PEOPLE = """apothecary,apprentice,baker,beekeeper,bookbinder,cartographer,carpenter,clockmaker,
    committee,correspondent,gatekeeper,locksmith,magistrate,municipality,neighbour,printer,
    schoolmistress,shepherd,stationmaster,surveyor,watchmaker,weaver"""
THINGS = """account,almanac,archive,bridge,canal,catalogue,cellar,chapel,correspondence,
    dictionary,embankment,ferry,garden,granary,greenhouse,handwriting,harbour,inventory,kitchen,
    lantern,ledger,letter,lighthouse,market,meadow,mill,notebook,observatory,orchard,quarry,
    railway,river,schoolhouse,staircase,telescope,timetable,waterwheel,well,windowsill,workshop"""
TRAITS = """borrowed,brass,careful,comfortable,curious,damp,deep,distant,early,familiar,forgotten,
    generous,half-empty,handwritten,independent,indispensable,inherited,long,mysterious,narrow,
    new,northern,old,ordinary,painstaking,patient,plain,provisional,quiet,reasonable,remarkable,
    second,small,stubborn,uncommon,unfinished,unsigned,weather-beaten,well-known,wooden"""
DEEDS = """acknowledged,borrowed,carried,catalogued,closed,copied,counted,crossed,described,
    examined,followed,found,inherited,kept,left,measured,misunderstood,opened,painted,
    photographed,questioned,rearranged,reconstructed,remembered,repaired,replaced,sketched,sold,
    understood,watched"""
WAYS = """almost accidentally,as agreed,as usual,at once,before noon,by candlelight,every evening,
    for nothing,from memory,in good time,in spring,in the end,more carefully,on the third day,
    slowly,twice,under protest,unexpectedly,with both hands,with great deliberation,
    without a word"""
PLACES = """above the harbour,at the end of the street,behind the mill,beside the waterwheel,
    between two meetings,in the municipal archive,in the second drawer,near the station,
    on the other side of the river,on the way to the quarry,under the stairs,
    within sight of the lighthouse"""
OPENINGS = """According to the ledger,After the flood,As far as anybody knew,At first,
    By the following winter,For thirty years,In 1874,In the meantime,Nevertheless,
    Of all these things,On Sundays,Strictly speaking,To everyone's surprise"""
SHORT = """It rained.,Nobody asked why.,Not quite!,So it remained.,That was all.,
    The ferry was late.,Then it was done.,There is another reason.,Three of them were blue.,
    Who could tell?"""
SPEECH = """I would rather wait,It was never about the water,Nothing is ever lost here,
    There is no such street,We shall see about that,You have counted it wrong"""
JAPANESE = """港の帳簿は毎晩ていねいに書き写された。,橋のたもとに古い時計店がある。,雨が降った。,
    「水の話ではない」と測量士は言った。,その手紙は、長いあいだ、駅の引き出しにしまわれていた。,
    だれも理由を尋ねなかった。,灯台の見えるところまで、渡し船は三日に一度やって来る(春を除く)。,
    一八七四年の洪水のあと、町役場は PDF ではなく紙の目録を残した。,
    ところが、鍵屋は二つ目の扉を知らない……。"""
JAPANESE_THINGS = "港,橋,帳簿,手紙,灯台,時計店,渡し船,水車小屋,温室,果樹園"
JOINTS = ", and|, but|, so|, while|, because|, although|, until|, where|; later|; still,| -- and"


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(entry.split()) for entry in text.split(","))


class Prose:
    """Writes as `random` falls."""

    _people = _listed(PEOPLE)
    _things = _listed(THINGS)
    _traits = _listed(TRAITS)
    _deeds = _listed(DEEDS)
    _ways = _listed(WAYS)
    _places = _listed(PLACES)
    _openings = _listed(OPENINGS)
    _short = _listed(SHORT)
    _speech = _listed(SPEECH)
    _joints = tuple(JOINTS.split("|"))
    language = "en-GB"

    def __init__(self, random: Random) -> None:
        """Take the source of chance."""
        self._random = random

    def title(self) -> str:
        """Give a heading of three to nine words."""
        form = self._random.choice((0, 1, 2, 3))
        if form == 0:
            return f"On {self._pick(self._traits)} {self.thing()}s and others"
        if form == 1:
            return f"How the {self.thing()} was {self._pick(self._deeds)}"
        if form == 2:
            return f"A {self._pick(self._people)} and the {self.thing()}"
        return f"From {self.thing()} to {self.thing()}, with an apology"

    def thing(self) -> str:
        """Give a noun."""
        return self._pick(self._things)

    def phrase(self) -> str:
        """Give a thing with what belongs to it: two to six words."""
        article = self._pick(("the", "the", "the", "every", "this", "one"))
        trait = f"{self._pick(self._traits)} " if self._random.random() < 0.6 else ""
        owner = f" of the {self._pick(self._people)}" if self._random.random() < 0.25 else ""
        return f"{article} {trait}{self.thing()}{owner}"

    def sentence(self) -> str:
        """Give a sentence of two to about sixty words."""
        if self._random.random() < 0.08:
            return self._pick(self._short)
        count = self._random.choices((1, 2, 3, 4), (5, 5, 2, 1))[0]
        text = self._clause()
        for _ in range(count - 1):
            text += f"{self._pick(self._joints)} {self._clause()}"
        chance = self._random.random()
        if chance < 0.15:
            text = f"{self._pick(self._openings)}, {text}"
        elif chance < 0.2:
            return f'"{self._pick(self._speech)}," said {self._someone()}, and {text}.'
        return f"{text[0].upper()}{text[1:]}."

    def paragraph(self, words: int) -> str:
        """Give sentences until there are `words` words; a few words are emphasised."""
        sentences: list[str] = []
        count = 0
        while count < words:
            sentence = self.sentence()
            count += sentence.count(" ") + 1
            sentences.append(self._emphasise(sentence))
        return " ".join(sentences)

    def _someone(self) -> str:
        trait = f"{self._pick(self._traits)} " if self._random.random() < 0.2 else ""
        return f"the {trait}{self._pick(self._people)}"

    def _clause(self) -> str:
        text = f"{self._someone()} {self._pick(self._deeds)} {self.phrase()}"
        if self._random.random() < 0.4:
            text += f" {self._pick(self._places)}"
        if self._random.random() < 0.35:
            text += f" {self._pick(self._ways)}"
        return text

    def _emphasise(self, sentence: str) -> str:
        chance = self._random.random()
        if chance > 0.15:
            return sentence
        sign = "**" if chance < 0.03 else "`" if chance < 0.06 else "*"
        words = sentence.split(" ")
        plain = [number for number, word in enumerate(words) if word.isalpha()]
        number = self._random.choice(plain) if plain else 0
        words[number] = f"{sign}{words[number]}{sign}" if plain else words[number]
        return " ".join(words)

    def _pick(self, words: Sequence[str]) -> str:
        return words[int(self._random.random() * len(words))]


class Japanese(Prose):
    """The same in Japanese, of a few sentences."""

    language = "ja"
    _things = _listed(JAPANESE_THINGS)
    _sentences = _listed(JAPANESE)

    def title(self) -> str:
        """Give a heading."""
        return f"{self.thing()}と{self.thing()}"

    def phrase(self) -> str:
        """Give a thing with what belongs to it."""
        return f"古い{self.thing()}"

    def sentence(self) -> str:
        """Give a sentence."""
        return self._pick(self._sentences)

    def paragraph(self, words: int) -> str:
        """Give sentences, one for every seven words wanted."""
        return "".join(self.sentence() for _ in range(1 + words // 7))
