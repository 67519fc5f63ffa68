"""How alike two names of tables or columns are, across four languages and common abbreviations."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

_CONCEPTS = {
    "id": "id key code cd kod nr no num number nummer kennung schluessel numer klucz номер ключ код ид uuid guid",
    "legacy": "legacy old former alt original source external ext migration import stary staryj старый внешний",
    "name": "name title bezeichnung titel nazwa nazwisko название наименование имя",
    "first": "first given vor vorname fore forename imie имя",
    "last": "last family sur surname nach nachname familienname nazwisko фамилия",
    "company": "company account firm organisation organization organizations client customer firma unternehmen kunde"
    " kunden kontrahent klient klienci компания компании организация клиент клиенты business org cust acct",
    "contact": "contact person people kontakt ansprechpartner osoba kontakty контакт контакты лицо",
    "deal": "deal opportunity pipeline chance verkaufschance geschaeft szansa sprzedaz transakcja сделка сделки oppty",
    "activity": "activity task event aktivitaet aufgabe zadanie aktywnosc задача активность дело log",
    "owner": "owner agent sales rep salesperson seller manager user besitzer verkaeufer betreuer wlasciciel"
    " sprzedawca opiekun ответственный менеджер продавец assigned responsible employee",
    "product": "product item article produkt artikel towar товар продукт",
    "stage": "stage status state phase etap stan стадия статус этап",
    "amount": "amount value sum price total betrag wert summe preis kwota wartosc cena сумма стоимость"
    " цена amt revenue umsatz",
    "date": "date day datum tag data dzien дата день am",
    "time": "time timestamp at zeit uhrzeit czas godzina время",
    "created": "created create opened erstellt angelegt utworzono utworzony создан создано создания",
    "changed": "changed updated modified geaendert zmieniono изменен изменено",
    "closed": "closed close closing abschluss geschlossen zamkniecia закрыт закрытия",
    "start": "start begin from beginn von poczatek od начало",
    "end": "end until to ende bis koniec do конец",
    "email": "email mail e-mail emailaddress почта мейл poczta",
    "phone": "phone tel telephone telefon mobile mobil handy fon телефон komorka",
    "fax": "fax telefax факс",
    "address": "address addr adresse anschrift adres адрес street strasse ulica улица",
    "city": "city town ort stadt miasto город",
    "zip": "zip postal postcode plz postleitzahl kod pocztowy индекс",
    "country": "country land kraj страна",
    "region": "region state province bundesland wojewodztwo регион область",
    "note": "note notes comment comments description remark descr notiz bemerkung beschreibung uwagi opis notatka"
    " комментарий описание примечание memo text",
    "type": "type kind category typ art kategorie rodzaj kategoria тип вид категория",
    "sector": "sector industry branche branza отрасль",
    "quantity": "quantity qty count menge anzahl ilosc количество",
    "currency": "currency waehrung waluta валюта",
    "birth": "birth birthday dob geburtstag geburtsdatum urodzenia рождения",
    "subject": "subject topic betreff temat тема",
    "reference": "ref reference fk parent",
}
_CONCEPT_OF: dict[str, str] = {}
for _concept_name, _words in _CONCEPTS.items():
    for _word in _words.split():
        _CONCEPT_OF.setdefault(_word, _concept_name)
_FOLD = str.maketrans(
    {
        "ä": "ae",
        "ö": "oe",
        "ü": "ue",
        "ß": "ss",
        "ł": "l",
        "ą": "a",
        "ę": "e",
        "ó": "o",
        "ś": "s",
        "ć": "c",
        "ń": "n",
        "ż": "z",
        "ź": "z",
    }
)
_GENERIC = re.compile(r"(c|col|column|field|f|var|v|x|attr|spalte|kolumna|unnamed)[ _:.-]*\d+", re.IGNORECASE)
_BOUNDARY = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])|(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])|[\W_]+")
_WORDS_OF_IDS = "id key code cd kod код nr no uuid guid number num nummer numer номер ид"
_ID_WORDS = frozenset(_WORDS_OF_IDS.split())

_SUPERIOR_WORDS = (
    "parent boss reports superior supervisor manager head master uebergeordnet uebergeordnete vorgesetzter vorgesetzte"
    " mutter nadrzedny nadrzedna przelozony rodzic родитель родительская родительский руководитель начальник"
)
_SUPERIOR = frozenset(_SUPERIOR_WORDS.split())


def is_generic(name: str) -> bool:
    """Say whether a name only counts, such as `c7` or `Column 3`."""
    return _GENERIC.fullmatch(name.strip()) is not None


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    """Split a name into small words."""
    parts = _BOUNDARY.split(name.strip().removesuffix(".csv"))
    return tuple(part.lower().translate(_FOLD) for part in parts if part)


@lru_cache(maxsize=20_000)
def concepts_of(name: str) -> frozenset[str]:
    """Translate the words of a name into concepts common to the languages."""
    return frozenset(_concept(word) for word in words_of(name))


def _concept(word: str) -> str:
    if word in _CONCEPT_OF:
        return _CONCEPT_OF[word]
    stem = word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")
    return _CONCEPT_OF.get(stem, stem)


def looks_like_id(name: str) -> bool:
    """Say whether a column's name claims to identify something; `number of employees` counts."""
    words = words_of(name)
    if words[1:2] == ("of",):
        return False
    return bool(words) and (words[-1] in _ID_WORDS or words[0] in _ID_WORDS or name.lower().endswith("id"))


def names_superior(name: str) -> bool:
    """Say whether a column's name speaks of a record above others of the same table: a parent, a boss."""
    return not _SUPERIOR.isdisjoint(words_of(name))


@lru_cache(maxsize=100_000)
def name_similarity(one: str, other: str) -> float:
    """Compare two names from 0 (strangers) to 1 (the same)."""
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return 0.0
    if is_generic(one) or is_generic(other):
        return 0.2 if first == second else 0.0
    if "".join(first) == "".join(second):
        return 1.0
    concepts, others = concepts_of(one), concepts_of(other)
    shared = len(concepts & others) / len(concepts | others)
    spelled = SequenceMatcher(None, "".join(first), "".join(second)).ratio()
    return max(0.9 * shared, 0.8 * spelled if spelled > 0.7 else 0.3 * spelled)


def column_similarity(one: str, one_table: str, other: str, other_table: str) -> float:
    """Compare two columns' names, once with and once without the words of their tables (`account_id` and `id`)."""
    plain = name_similarity(one, other)
    if plain == 1.0 or is_generic(one) or is_generic(other):
        return plain
    bare, other_bare = _without(one, one_table), _without(other, other_table)
    return max(plain, 0.93 if bare and bare == other_bare else 0.0)


def _without(name: str, table: str) -> frozenset[str]:
    return concepts_of(name) - concepts_of(table)
