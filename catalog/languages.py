"""Languages by their codes, and what a publisher's statement says of one."""

from typing import Any, NamedTuple

from catalog.measures import grouped

LANGUAGES = {
    "af": "Afrikaans",
    "sq": "Albanian",
    "am": "Amharic",
    "ar": "Arabic",
    "hy": "Armenian",
    "as": "Assamese",
    "ast": "Asturian",
    "awa": "Awadhi",
    "az": "Azerbaijani",
    "ban": "Balinese",
    "bjn": "Banjar",
    "ba": "Bashkir",
    "eu": "Basque",
    "be": "Belarusian",
    "bn": "Bengali",
    "bho": "Bhojpuri",
    "bs": "Bosnian",
    "br": "Breton",
    "bg": "Bulgarian",
    "my": "Burmese",
    "yue": "Cantonese",
    "ca": "Catalan",
    "ceb": "Cebuano",
    "hne": "Chhattisgarhi",
    "zh": "Chinese",
    "hr": "Croatian",
    "cs": "Czech",
    "da": "Danish",
    "prs": "Dari",
    "nl": "Dutch",
    "en": "English",
    "et": "Estonian",
    "fo": "Faroese",
    "fi": "Finnish",
    "fr": "French",
    "fur": "Friulian",
    "gl": "Galician",
    "ka": "Georgian",
    "de": "German",
    "el": "Greek",
    "gu": "Gujarati",
    "ht": "Haitian Creole",
    "ha": "Hausa",
    "haw": "Hawaiian",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "is": "Icelandic",
    "ilo": "Ilocano",
    "id": "Indonesian",
    "ga": "Irish",
    "it": "Italian",
    "ja": "Japanese",
    "jv": "Javanese",
    "kea": "Kabuverdianu",
    "kn": "Kannada",
    "kk": "Kazakh",
    "km": "Khmer",
    "ko": "Korean",
    "lo": "Lao",
    "la": "Latin",
    "lv": "Latvian",
    "lij": "Ligurian",
    "li": "Limburgish",
    "ln": "Lingala",
    "lt": "Lithuanian",
    "lmo": "Lombard",
    "lb": "Luxembourgish",
    "mk": "Macedonian",
    "mag": "Magahi",
    "mai": "Maithili",
    "mg": "Malagasy",
    "ms": "Malay",
    "ml": "Malayalam",
    "mt": "Maltese",
    "mr": "Marathi",
    "min": "Minangkabau",
    "mn": "Mongolian",
    "mi": "Māori",
    "ne": "Nepali",
    "no": "Norwegian",
    "nn": "Norwegian Nynorsk",
    "oc": "Occitan",
    "or": "Odia",
    "pag": "Pangasinan",
    "pap": "Papiamento",
    "ps": "Pashto",
    "fa": "Persian",
    "pl": "Polish",
    "pt": "Portuguese",
    "pa": "Punjabi",
    "ro": "Romanian",
    "ru": "Russian",
    "sa": "Sanskrit",
    "sc": "Sardinian",
    "sr": "Serbian",
    "sn": "Shona",
    "scn": "Sicilian",
    "szl": "Silesian",
    "sd": "Sindhi",
    "si": "Sinhala",
    "sk": "Slovak",
    "sl": "Slovenian",
    "so": "Somali",
    "es": "Spanish",
    "su": "Sundanese",
    "sw": "Swahili",
    "sv": "Swedish",
    "tl": "Tagalog (Filipino)",
    "tg": "Tajik",
    "ta": "Tamil",
    "tt": "Tatar",
    "te": "Telugu",
    "th": "Thai",
    "bo": "Tibetan",
    "tpi": "Tok Pisin",
    "tr": "Turkish",
    "tk": "Turkmen",
    "uk": "Ukrainian",
    "ur": "Urdu",
    "uz": "Uzbek",
    "vec": "Venetian",
    "vi": "Vietnamese",
    "war": "Waray",
    "cy": "Welsh",
    "yi": "Yiddish",
    "yo": "Yoruba",
}
"""ISO 639-1 codes, ISO 639-3 where there is none, to names, by name."""


MOST_IN_A_LINE = 12
"""Names that a line of facts holds; more are counted there and listed below it."""


class Stated(NamedTuple):
    """What a publisher states: languages by name, a number of them, or both."""

    codes: str = ""
    count: int | None = None
    is_at_least: bool = False
    """Whether the number is a lower bound: "over 140"."""

    @property
    def is_complete(self) -> bool:
        """Whether every language that is stated is named.

        >>> Stated("en fr").is_complete, Stated("en fr", 2).is_complete
        (True, True)
        >>> Stated("en fr", 29).is_complete, Stated(count=140).is_complete
        (False, False)
        """
        names = len(self.codes.split())
        if self.count is None or not names:
            return bool(names)
        return self.count <= names and not self.is_at_least

    def has(self, code: str) -> bool | None:
        """Whether the language is among them; None: the statement leaves it open.

        >>> Stated("en fr").has("fr"), Stated("en fr").has("de")
        (True, False)
        >>> Stated("en fr", 29).has("de"), Stated(count=140).has("de")
        (None, None)
        """
        if code in self.codes.split():
            return True
        return False if self.is_complete else None

    @property
    def number(self) -> str:
        """The stated number in words; empty where none is stated."""
        if self.count is None:
            return ""
        least = "over " if self.is_at_least else ""
        return f"{least}{grouped(self.count)} languages"

    def in_words(self) -> str:
        """In a few words: the names where they are few, their number otherwise.

        >>> Stated("en fr", 2).in_words()
        'English and French'
        >>> Stated("en fr", 29, True).in_words(), Stated(count=140).in_words()
        ('over 29 languages (2 named)', '140 languages (not named)')
        """
        names = named(self.codes)
        if not names:
            return f"{self.number} (not named)" if self.number else ""
        if not self.is_complete:
            return f"{self.number} ({len(names)} named)"
        if len(names) > MOST_IN_A_LINE:
            return f"{len(names)} languages"
        return listed(names)

    def names_apart(self) -> str:
        """The names that `in_words` only counts, as a sentence.

        >>> Stated("en fr", 29).names_apart(), Stated("en fr").names_apart()
        ('Named: English and French.', '')
        """
        names = named(self.codes)
        is_told = self.is_complete and len(names) <= MOST_IN_A_LINE
        return f"Named: {listed(names)}." if names and not is_told else ""


def stated_of(row: Any) -> Stated | None:
    """What is stated of a model of `with_languages()`; None: nothing is."""
    if row.language_codes is None:
        return None
    return Stated(row.language_codes, row.language_count, row.language_count_is_least)


def named(codes: str) -> list[str]:
    """The names behind codes, by name.

    >>> named("fr en")
    ['English', 'French']
    """
    wanted = set(codes.split())
    return [name for code, name in LANGUAGES.items() if code in wanted]


def listed(names: list[str]) -> str:
    """Names as a sentence holds them.

    >>> listed(["English", "French", "Thai"])
    'English, French and Thai'
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
