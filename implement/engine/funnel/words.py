"""Words by which columns of a list of deals and its stages are known, in four languages and as CRMs export them."""

import re

from implement.engine.mapping.names import words_of

FIELDS = (
    "deal", "client", "stage", "outcome", "amount", "currency", "owner", "opened", "closed", "since", "due",
    "next_step", "reason", "product", "channel", "segment", "lost_at", "answered", "elapsed",
)  # fmt: skip
"""What a list of deals may say: `outcome` is open, won or lost where `stage` keeps the last one before the end,
`since` is the day its present stage began, `answered` the first answer to a request, `lost_at` the stage in which a
lost deal stood, `elapsed` days instead of dates."""

_ID = r"(?:id|nr|no|num|number|nummer|numer|key|code|номер|ид|код|uuid)"
_DEAL = (
    r"(?:opportunity|opp|oppty|deal|lead|order|auftrags?|vorgangs?|geschaefts?|verkaufschancen?|chancen?|szans\w*"
    r"|transakcj\w*|zamowieni\w*|ofert\w*|zlecen\w*|сделк\w*|заказ\w*|заявк\w*|angebots?|offer|quote|mql|record|case"
    r"|application)"
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
    "outcome": (),
    "amount": ((1.0, r"\b(?:amount|value|wert|betrag|umsatz|kwota|wartosc|сумма|стоимость|summe|volumen|выручка)\b"),
               (0.9, r"\w(?:wert|betrag|summe|umsatz)\b"),
               (0.8, r"\b(?:revenue|price|preis|total|budget|cena|цена|бюджет|amt|usd|eur|pln|rub|sales)\b|^sale$")),
    "currency": ((1.0, r"\b(?:currency|waehrung|waluta|валюта|wrg|ccy)\b"),),
    "owner": ((1.0, r"\b(?:owner|agent|salesperson|seller|verkaeufer\w*|betreuer|besitzer|opiekun|handlowiec"
                    r"|sprzedawca|wlasciciel|ответственн\w*|продавец|assigned|zustaendig\w*|\w*bearbeiter"
                    r"|vertriebsmitarbeiter\w*|vertriebler|вед[её]т)\b|sales ?rep"),
              (0.7, r"\b(?:manager|user|employee|mitarbeiter|menedzer|менеджер|rep|responsible|resource|sr)\b")),
    "opened": ((1.0, r"\b(?:created?|engage\w*|opened?|erstellt\w*|angelegt\w*|erfasst\w*|utworz\w*|otwar\w*|создан\w*"
                     r"|открыт\w*|order date|order on|ordered|bestelldatum|eroeffn\w*)\b|orderdate"),
               (0.7, r"\b(?:start\w*|begin\w*|first contact|request|received|eingang\w*|anfrage\w*|zapytani\w*"
                     r"|обращени\w*|обратил\w*|начал\w*|поступлени\w*|wplyw\w*|wystawien\w*|lead date|entry)\b"),
               (0.4, r"^(?:date|datum|data|дата)$")),
    "closed": ((1.0, r"\b(?:clos(?:e|ed|ing)|abschluss\w*|geschlossen\w*|abgeschlossen\w*|zamkn\w*|закрыт\w*"
                     r"|завершен\w*|won date|shipped|shipped date|versand\w*)\b|abschluss|closedate"),
               (0.6, r"\b(?:end|ended|ende|beendet|koniec|zakonc\w*|оконч\w*|завершил\w*|выполнени\w*|продажи"
                     r"|verkauft\w*|entscheid\w*|entschied\w*|decyzj\w*|realizacji|finish\w*|won|delivered)\b")),
    "since": ((1.0, r"(?:stage|phase|etap\w*|стади\w*|этап\w*|status) (?:\w+ )?(?:chang\w*|since|seit|entered|date"
                    r"|datum|data|od|с|дата)|(?:chang\w*|entered|seit|since) (?:\w+ )?(?:stage|phase|status)"),
              (0.5, r"\b(?:timestamp|event time|changed|geaendert\w*|zmian\w*|изменен\w*)\b")),
    "due": ((1.0, r"\b(?:due|deadline|required|frist|faellig\w*|termin\w*|срок\w*|expected|erwartet\w*|geplant\w*"
                  r"|planned|planowan\w*|plan|дедлайн|ожидаем\w*|предполагаем\w*|планов\w*|przewidywan\w*|spodziewan\w*"
                  r"|voraussichtlich\w*|estimated|soll)\b|requireddate"),
            (0.6, r"\b(?:forecast|target|reminder|follow ?up|wiedervorlage|naechster termin)\b")),
    "next_step": ((1.0, r"\b(?:next|naechst\w*|nastepn\w*|следующ\w*)\b"),
                  (0.7, r"\b(?:task|todo|aufgabe|zadanie|задача|wiedervorlage|kolejny krok)\b")),
    "reason": ((1.0, r"\b(?:reason|grund|(?:verlust|absage|ablehnungs|storno)grund|powod\w*|przyczyn\w*|причин\w*|warum"
                     r"|why|почему|dlaczego)\b"),),
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
    r"|rezygn|aborted|expired|kein interesse|nicht interess|brak zainteres|не интерес|потерян|\bслил|\bуш[её]л"
    r"|(?:\ban|\bto|\bz|\bu|\bу|went with|wybral\w*|выбрал\w*) (?:wettbewerb|konkuren|konkurr|competit|конкурент)"
)
_WON = re.compile(
    r"\bwon\b|closedwon|beauftragt|auftrag erteilt|\bsigned\b|unterschrieben|unterzeichnet|podpisan"
    r"|договор подписан|(?:offer|quote|angebot|oferta) (?:accepted|angenommen|przyjeta|zaakceptowana)|оплатил"
    r"|\bкупил|gewonn|wygran|выигр|успешн|реализован|\bsold\b|verkauft|sprzedan|продан|\bpaid\b|bezahlt|oplacon"
    r"|оплачен|success|\bwin\b|erfolgreich|abgeschlossen|zrealizowan|completed|shipped|delivered|converted"
    r"|purchased|\bgekauft\b|kupion|завершен[аоы]?\b|выполнен[аоы]?\b|\bclosed\b|zamkniet|закрыт"
)
_DENIED = re.compile(r"\b(?:not|no|nicht|kein\w*|nie|не) ")
STILL_OPEN = (
    "open", "offen", "aktiv", "active", "in progress", "laufend", "otwarta", "otwarte", "otwarty", "w toku", "открыта",
    "открыто", "открытая", "в работе",
)  # fmt: skip
"""Outcomes that say there is none yet."""
LADDER = tuple(
    re.compile(words)
    for words in (
        r"\bnew\b|\bneu\b|\bnow[yea]\b|нов|\bleads?\b|\boffen\b|unassigned|anfrage|zapytan|заявк|обращен|inbound|\bmql\b"
        r"|suspect",
        r"prospect|cold|(?:first|initial) contact|contact made|erstkontakt|erstgespraech|pierwsza rozmowa"
        r"|первый контакт|pierwszy kontakt|первичн|contacted|kontaktiert|unsorted|неразобран",
        r"qualif|kwalifik|квалифик|bedarf|potrzeb|потребн|needs|discovery|appointment|termin|spotkan|встреч|\bsql\b",
        r"engag|present|praesent|prezent|презент|demo|value prop|analys|analiz|decision maker|discuss|оценк|technical",
        r"proposal|quote|angebot|ofert|предложен|\bkp\b|кп|offer|estimate|pricing|расчет",
        r"negotiat|verhandl|negocj|переговор|согласов|review|pruefung|decision|entscheid|decyzj|решен|думает|думают"
        r"|objection",
        r"contract|vertrag|umow|договор|legal|commit|verbal|contractsent|approval|freigabe",
        r"invoice|rechnung|faktur|счет|счёт|order|auftrag|zamowien|заказ",
        r"payment|zahlung|platnos|оплат",
        r"delivery|lieferung|dostaw|отгруз|install",
    )
)
"""The usual way of a deal from the first word to the money, rung by rung."""


_WAYS = (
    "qualified|contact made|demo scheduled|proposal made|negotiations started",
    "new|prepare documents|prepayment invoice|in progress|final invoice",
    "новая|подготовка документов|счёт на предоплату|в работе|финальный счёт",
    "неразобранное|первичный контакт|переговоры|принимают решение|согласование договора",
    "не согласован|ожидается согласование|согласован|готов к обеспечению|к обеспечению|готов к отгрузке|к отгрузке",
)
WAYS = tuple(tuple(way.split("|")) for way in _WAYS)
"""Ways that CRMs come with, in whose order words alone would not put them."""


def plain_words(name: str) -> str:
    """A name as small words in a row, its marks folded."""
    return " ".join(words_of(name))


def speaks_of_loss(stage: str) -> bool:
    """True when a stage's name says that the deal is lost."""
    return _LOST.search(plain_words(stage)) is not None


def speaks_of_a_win(stage: str) -> bool:
    """True when a stage's name says that the deal is won; what also speaks of loss is lost."""
    words = plain_words(stage)
    return not (_LOST.search(words) or _DENIED.search(words)) and _WON.search(words) is not None


def speaks_of_an_outcome(value: str) -> bool:
    """True when a word only says open, won or lost, and nothing of a stage on the way."""
    return value.strip().lower() in STILL_OPEN or speaks_of_loss(value) or speaks_of_a_win(value)


def rung_of(stage: str) -> int | None:
    """Where on the usual way a stage stands; None when its name does not tell."""
    words = plain_words(stage)
    return next((place for place, pattern in reversed(list(enumerate(LADDER))) if pattern.search(words)), None)
