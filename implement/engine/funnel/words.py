"""Words by which columns of a list of deals and its stages are known, in four languages and as CRMs export them."""

import re

from implement.engine.mapping.names import words_of

FIELDS = (
    "deal", "client", "stage", "amount", "currency", "owner", "opened", "closed", "since", "due", "next_step", "reason",
    "product", "channel", "segment", "lost_at", "answered", "elapsed",
)  # fmt: skip
"""What a list of deals may say: `since` is the day its present stage began, `answered` the first answer to a request,
`lost_at` the stage in which a lost deal stood, `elapsed` days instead of dates."""

_ID = r"(?:id|nr|no|num|number|nummer|numer|key|code|номер|ид|код|uuid)"
_DEAL = (
    r"(?:opportunity|opp|oppty|deal|lead|order|auftrag|vorgang|geschaeft|verkaufschance|chance|szans\w*|transakcj\w*"
    r"|zamowieni\w*|сделк\w*|заказ\w*|angebot|offer|quote|mql|record|case|application)"
)
_PATTERNS: dict[str, tuple[tuple[float, str], ...]] = {
    "deal": ((1.0, rf"{_DEAL}(?: \w+)? {_ID}$|^{_ID} {_DEAL}|^{_DEAL}s?{_ID}$"), (0.7, rf"^{_ID}$|record {_ID}"),
             (0.5, rf"^{_DEAL}(?: name| nazwa| название)?$")),
    "client": ((1.0, r"^(?:account|client|customer|company|organi[sz]ation|kunde|kundin|firma|klient|kontrahent|клиент"
                     r"|компания|контрагент|организация|покупатель|заказчик|buyer)(?: name| nazwa| id)?$"),
               (0.8, r"\b(?:account|client|customer|company|organi[sz]ation|kunde\w*|firma|klient\w*|kontrahent\w*"
                     r"|клиент\w*|компани\w*|контрагент\w*|cust)\b"), (0.4, r"\b(?:contact|kontakt|контакт)\b")),
    "stage": ((1.0, r"\b(?:stage|etap\w*|phase|стадия|этап|воронк\w*)\b"),
              (0.8, r"\b(?:status|stan|статус|result|outcome|ergebnis|wynik|результат|state)\b"), (0.4, r"converted")),
    "amount": ((1.0, r"\b(?:amount|value|wert|betrag|umsatz|kwota|wartosc|сумма|стоимость|summe|volumen|выручка)\b"),
               (0.8, r"\b(?:revenue|price|preis|total|budget|cena|цена|бюджет|amt|usd|eur|pln|rub|sales)\b")),
    "currency": ((1.0, r"\b(?:currency|waehrung|waluta|валюта)\b"),),
    "owner": ((1.0, r"\b(?:owner|agent|salesperson|seller|verkaeufer\w*|betreuer|besitzer|opiekun|handlowiec"
                    r"|sprzedawca|wlasciciel|ответственн\w*|продавец|assigned|zustaendig\w*|bearbeiter)\b|sales ?rep"),
              (0.7, r"\b(?:manager|user|employee|mitarbeiter|menedzer|менеджер|rep|responsible|resource|sr)\b")),
    "opened": ((1.0, r"\b(?:created?|engage\w*|opened?|erstellt\w*|angelegt\w*|erfasst\w*|utworz\w*|otwar\w*|создан\w*"
                     r"|открыт\w*|order date|order on|ordered|bestelldatum|eroeffn\w*)\b|orderdate"),
               (0.7, r"\b(?:start\w*|begin\w*|first contact|request|received|eingang\w*|anfrage\w*|zapytani\w*"
                     r"|обращени\w*|начал\w*|поступлени\w*|lead date|entry)\b")),
    "closed": ((1.0, r"\b(?:clos(?:e|ed|ing)|abschluss\w*|geschlossen\w*|abgeschlossen\w*|zamkn\w*|закрыт\w*"
                     r"|завершен\w*|won date|shipped|shipped date|versand\w*)\b|abschluss|closedate"),
               (0.6, r"\b(?:end|ended|ende|koniec|zakonc\w*|оконч\w*|продажи|verkauft\w*|finish\w*|won|delivered)\b")),
    "since": ((1.0, r"(?:stage|phase|etap\w*|стади\w*|этап\w*|status) (?:\w+ )?(?:chang\w*|since|seit|entered|date"
                    r"|datum|data|od|с|дата)|(?:chang\w*|entered|seit|since) (?:\w+ )?(?:stage|phase|status)"),
              (0.5, r"\b(?:timestamp|event time|changed|geaendert\w*|zmian\w*|изменен\w*)\b")),
    "due": ((1.0, r"\b(?:due|deadline|required|frist|faellig\w*|termin\w*|срок\w*|expected|erwartet\w*|geplant\w*"
                  r"|planned|planowan\w*|plan|дедлайн|ожидаем\w*|планов\w*|soll)\b|requireddate"),
            (0.6, r"\b(?:forecast|target|reminder|follow ?up|wiedervorlage|naechster termin)\b")),
    "next_step": ((1.0, r"\b(?:next|naechst\w*|nastepn\w*|следующ\w*)\b"),
                  (0.7, r"\b(?:task|todo|aufgabe|zadanie|задача|wiedervorlage|kolejny krok)\b")),
    "reason": ((1.0, r"\b(?:reason|grund|verlustgrund|powod\w*|przyczyn\w*|причин\w*|warum|why|ablehnungsgrund)\b"),),
    "product": ((1.0, r"\b(?:product|produkt|artikel|towar|товар|продукт|item|услуга|leistung|usluga)\b"),
                (0.6, r"\b(?:supplies|category|kategorie|kategoria|категория|service|series)\b")),
    "channel": ((1.0, r"\b(?:source|channel|quelle|kanal|vertriebsweg|zrodlo|источник|канал|origin|route|herkunft"
                      r"|utm|campaign|kampagne|kampania)\b"),),
    "segment": ((1.0, r"\b(?:segment|sector|industry|branche|branza|отрасль|сегмент|sektor)\b"),
                (0.6, r"\b(?:region|country|land|kraj|size|groesse|wielkosc|регион|страна|territory|gebiet|group"
                      r"|type)\b")),
    "lost_at": ((1.0, r"(?:lost|verloren|utrac\w*|проигр\w*|last|letzte|ostatni\w*|последн\w*|previous|failed)"
                      r" (?:\w+ )?(?:stage|phase|etap\w*|стади\w*|этап\w*)|(?:stage|phase|etap|этап)"
                      r" (?:lost|before)"),),
    "answered": ((1.0, r"\b(?:answer\w*|response|responded|beantwortet\w*|antwort\w*|odpowied\w*|ответ|ответа|reply"
                       r"|reaktion\w*|first call|erstkontakt)\b"),),
    "elapsed": ((1.0, r"\b(?:elapsed|duration|dauer|days|tage|dni|дней|длительность|age|alter)\b"),),
}  # fmt: skip
COLUMN_WORDS = {
    field: tuple((weight, re.compile(words)) for weight, words in patterns) for field, patterns in _PATTERNS.items()
}
DAYS = ("opened", "closed", "since", "due")

_LOST = re.compile(
    r"lost|\bloss\b|verlor|przegr|utrac|проигр|не ?реализ|отказ|reject|abgelehnt|absage|odrzuc|cancel|stornier|anulow"
    r"|отмен|\bdead\b|disqual|churn|\bno deal\b|unqualified|declin|refus|unsuccess|неуспеш|abgesagt|провал|nie wygr"
    r"|rezygn|aborted|expired"
)
_WON = re.compile(
    r"\bwon\b|closedwon|gewonn|wygran|выигр|успешн|реализован|\bsold\b|verkauft|sprzedan|продан|\bpaid\b|bezahlt"
    r"|oplacon|оплачен|success|\bwin\b|erfolgreich|abgeschlossen|zrealizowan|completed|shipped|delivered|converted"
    r"|purchased|\bgekauft\b|kupion|завершен|выполнен|\bclosed\b|zamkniet|закрыт"
)
LADDER = tuple(
    re.compile(words)
    for words in (
        r"\bnew\b|\bneu\b|nowy|нов|\blead\b|unassigned|anfrage|zapytan|заявк|обращен|inbound|\bmql\b|suspect",
        r"prospect|cold|first contact|erstkontakt|pierwszy kontakt|первичн|contacted|kontaktiert|unsorted|неразобран",
        r"qualif|kwalifik|квалифик|bedarf|potrzeb|потребн|needs|discovery|appointment|termin|spotkan|встреч|\bsql\b",
        r"engag|present|praesent|prezent|презент|demo|value prop|analys|analiz|decision maker|оценк|technical",
        r"proposal|quote|angebot|ofert|предложен|\bkp\b|кп|offer|estimate|pricing|расчет",
        r"negotiat|verhandl|negocj|переговор|согласов|review|pruefung|decision|entscheid|decyzj|решен|objection",
        r"contract|vertrag|umow|договор|legal|commit|verbal|contractsent|approval|freigabe",
        r"invoice|rechnung|faktur|счет|счёт|payment|zahlung|platnos|оплат|order|auftrag|zamowien|заказ|delivery|install",
    )
)
"""The usual way of a deal from the first word to the money, rung by rung."""


def plain_words(name: str) -> str:
    """A name as small words in a row, its marks folded."""
    return " ".join(words_of(name))


def speaks_of_loss(stage: str) -> bool:
    """True when a stage's name says that the deal is lost."""
    return _LOST.search(plain_words(stage)) is not None


def speaks_of_a_win(stage: str) -> bool:
    """True when a stage's name says that the deal is won; what also speaks of loss is lost."""
    return not speaks_of_loss(stage) and _WON.search(plain_words(stage)) is not None


def rung_of(stage: str) -> int | None:
    """Where on the usual way a stage stands; None when its name does not tell."""
    words = plain_words(stage)
    return next((place for place, pattern in reversed(list(enumerate(LADDER))) if pattern.search(words)), None)
