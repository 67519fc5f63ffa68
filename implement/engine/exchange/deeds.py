"""What an event did to what: object and action of the exchange format, read from the words of other systems."""

from dataclasses import dataclass

from implement.engine.exchange.headers import header_words

OBJECTS = ("contact", "deal", "activity", "task", "report", "search", "help", "session")
ACTIONS = (
    "create",
    "update",
    "view",
    "delete",
    "stage",
    "assign",
    "complete",
    "reassign",
    "login",
    "logout",
    "error",
    "undo",
    "start",
    "schedule",
)
SOURCES = ("manual", "import", "sync", "api")
KNOWN = {"object": frozenset(OBJECTS), "action": frozenset(ACTIONS), "source": frozenset(SOURCES)}

_OBJECT_WORDS: dict[str, str] = {
    "session": """
        session login logon signin logout visit visited anmeldung abmeldung einloggen sitzung logowanie sesja
        wylogowanie вход сессия выход
    """,
    "task": "task tasks todo to-do reminder aufgabe aufgaben wiedervorlage zadanie zadania задача задачи поручение",
    "deal": """
        deal deals opportunity opportunities quote offer pipeline chance verkaufschance geschaft angebot szansa
        oferta transakcja сделка сделки предложение возможность
    """,
    "contact": """
        contact contacts customer client account company lead leads person organization kontakt kontakte kunde
        firma kontakty klient контакт контакты клиент компания лид
    """,
    "report": "report reports dashboard analytics bericht auswertung raport raporty zestawienie отчет отчеты дашборд",
    "search": "search find query lookup suche szukaj wyszukiwanie поиск",
    "help": "help tutorial faq guide manual lesson hilfe anleitung pomoc instrukcja помощь справка",
    "activity": """
        activity call mail email e-mail meeting note visit-report appointment message comment aktivitat anruf
        engagement engagements дело дела termin notiz besuch czynnosc rozmowa telefon wiadomosc notatka wizyta
        spotkanie активность звонок письмо
        заметка визит сообщение
    """,
}
_ACTION_WORDS: dict[str, str] = {
    "login": """
        login logon signin log-in sign-in visit visited anmeldung einloggen zalogowano logowanie вход
        авторизация
    """,
    "logout": "logout logoff signout abmeldung wylogowano выход",
    "error": "error failed failure exception fehler blad ошибка",
    "undo": "undo revert rollback restore ruckgangig cofnij cofnieto отмена отменить",
    "reassign": "reassign reassigned handover transfer ubergeben weitergegeben przekazano переназначено передано",
    "assign": "assign assigned delegate zugewiesen przypisano назначено",
    "complete": """
        complete completed done finish finished close closed resolved erledigt abgeschlossen zakonczono wykonano
        завершено выполнено
    """,
    "stage": "stage stage_change moved phase etap стадия этап",
    "delete": "delete deleted remove removed geloscht usunieto удалено удаление",
    "view": """
        view viewed open opened read show display get list export angesehen gelesen geoffnet wyswietlono odczyt
        angezeigt aufgerufen podglad podejrzano otwarto просмотр просмотрено открыто открытие чтение
    """,
    "create": """
        create created add added insert new post registered sent angelegt erstellt neu utworzono dodano создано
        добавлено добавление создание dodanie utworzenie anlage erfasst
    """,
    "update": """
        update updated edit edited change changed modify modified save saved geandert aktualisiert zmieniono
        edycja aktualizacja modyfikacja bearbeitet anderung изменено изменение обновлено обновление правка
    """,
    "start": "start started begin",
    "schedule": "schedule scheduled enqueue",
}
_SOURCE_WORDS: dict[str, str] = {
    "import": "import imported importer migration migrated load bulk csv migracja импорт миграция загрузка",
    "sync": """
        sync synced synchronisation synchronization integration mailsync connector synchronizacja integracja
        синхронизация интеграция
    """,
    "api": """
        api webhook system automation automatic robot bot workflow automatisch automat automatyczny
        автоматически робот система
    """,
}


def _first_word_index(groups: dict[str, str]) -> dict[str, str]:
    """Turn groups of words into word → group; the earlier group keeps a word both know."""
    index: dict[str, str] = {}
    for group, words in groups.items():
        for word in words.split():
            index.setdefault(" ".join(header_words(word)), group)
    return index


_OBJECT_INDEX = _first_word_index(_OBJECT_WORDS)
_ACTION_INDEX = _first_word_index(_ACTION_WORDS)
_SOURCE_INDEX = _first_word_index(_SOURCE_WORDS)


@dataclass(frozen=True)
class Deed:
    """One kind of event in the words of the exchange format."""

    object: str
    action: str


def read_deed(object_text: str | None, action_text: str | None, lifecycle: str | None = None) -> Deed:
    """Name object and action of an event; what no word tells counts as an update of an activity."""
    found_object = _lookup(object_text, KNOWN["object"], _OBJECT_INDEX) or _lookup(
        action_text, frozenset(), _OBJECT_INDEX
    )
    found_action = _lookup(action_text, KNOWN["action"], _ACTION_INDEX) or _lookup(
        object_text, frozenset(), _ACTION_INDEX
    )
    if lifecycle is not None and lifecycle.strip().lower() in (
        "start",
        "schedule",
        "assign",
        "suspend",
        "resume",
        "withdraw",
    ):
        found_action = "start" if lifecycle.strip().lower() in ("start", "resume") else "schedule"
    if found_action in ("login", "logout") and found_object is None:
        found_object = "session"
    return Deed(found_object or "activity", found_action or "update")


def read_source(text: str | None) -> str:
    """Tell what was typed by a person from what a machine brought; unknown words are a person's."""
    return _lookup(text, KNOWN["source"], _SOURCE_INDEX) or "manual"


def _lookup(text: str | None, known: frozenset[str], index: dict[str, str]) -> str | None:
    if text is None:
        return None
    plain = text.strip().lower()
    if plain in known:
        return plain
    return next((index[word] for word in header_words(text) if word in index), None)
