"""Pools of names, places and sentences in German, Polish, Russian and English, from which firms are invented."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Language:
    """What one country contributes to an invented customer base."""

    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    cities: tuple[str, ...]
    trades: tuple[str, ...]
    legal_forms: tuple[str, ...]
    positions: tuple[str, ...]
    sentences: tuple[str, ...]
    dialling_code: str
    postcodes: tuple[str, ...]  # patterns, # stands for a digit


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GERMAN = Language(
    _words(
        "Jürgen Käthe Björn Sören Günter Jörg Anneliese Karl Uwe Birgit Heike Matthias Renate Dörte"
        " Volker Ute Hölger Sabine"
        " Thorsten Anke Ömer Bärbel Götz Lukas Frieda Emil Käte Rüdiger Wolfgang Silke"
    ),
    _words(
        "Müller Schäfer Köhler Weiß Groß Böhm Krüger Schröder Fuchs Vogel Jäger Günther Möller"
        " Hübner Kühn Strauß Löffler"
        " Bäcker Pfeiffer Reuter Zöllner Brückner Wagenknecht Süß Dörfler Heß Lindner Gräfe Seidel Thalmann Übel Nöth"
    ),
    (
        "München",
        "Köln",
        "Düsseldorf",
        "Würzburg",
        "Görlitz",
        "Lübeck",
        "Tübingen",
        "Hamburg",
        "Leipzig",
        "Fürth",
        "Dresden",
    ),
    (
        "Maschinenbau",
        "Getränkehandel",
        "Bürobedarf",
        "Möbelwerk",
        "Kältetechnik",
        "Gerüstbau",
        "Logistik",
        "Prüftechnik",
        "Großküchen",
    ),
    ("GmbH", "AG", "KG", "GmbH & Co. KG", "OHG"),
    ("Geschäftsführer", "Einkäuferin", "Vertriebsleiter", "Sekretärin", "Bürokauffrau", "Leiter Qualität"),
    (
        "Der Kunde wünscht für Auftrag {0} ein überarbeitetes Angebot mit längerer Gewährleistung"
        " und {1} Stück ab Lager.",
        "Rückruf vereinbart, Fördermittel zu Vorgang {0} noch ungeklärt; Stückzahl voraussichtlich {1}, Prüfung läuft.",
        "Gespräch auf der Messe über Gerät {0}: größere Menge möglich, {1} Plätze benötigt,"
        " Entscheidung im Führungskreis.",
    ),
    "+49",
    ("0####", "1####", "4####", "5####", "8####", "0####"),
)

POLISH = Language(
    _words(
        "Łukasz Małgorzata Paweł Agnieszka Żaneta Michał Jędrzej Grażyna Bożena Świętosław Rafał"
        " Stanisław Elżbieta Wacław"
        " Krystyna Zdzisław Jadwiga Bolesław Katarzyna Piotr Ścibor Bogusława Radosław Mieczysław Jolanta Kazimierz"
    ),
    _words(
        "Wiśniewski Dąbrowska Zieliński Woźniak Kozłowska Król Wójcik Pawłowski Michalska Jabłońska"
        " Majewski Wróbel Stępień"
        " Górska Sikora Bąk Chmielewski Włodarczyk Błaszczyk Gołębiowska Krajewski Laskowska Ziółkowski Mróz Żak Ćwik"
    ),
    (
        "Łódź",
        "Kraków",
        "Gdańsk",
        "Poznań",
        "Wrocław",
        "Białystok",
        "Rzeszów",
        "Toruń",
        "Częstochowa",
        "Lublin",
        "Bielsko-Biała",
    ),
    (
        "Usługi Księgowe",
        "Hurtownia Spożywcza",
        "Meble Śląskie",
        "Narzędzia",
        "Transport Krajowy",
        "Okna i Drzwi",
        "Części Zamienne",
    ),
    ("sp. z o.o.", "S.A.", "sp. j.", "s.c."),
    ("Prezes zarządu", "Kierowniczka sprzedaży", "Główny księgowy", "Specjalistka", "Właściciel", "Zaopatrzeniowiec"),
    (
        "Klient prosi o zmienioną ofertę do zamówienia {0}, dłuższą gwarancję oraz {1} sztuk z"
        " magazynu w przyszłym miesiącu.",
        "Uzgodniono spotkanie w sprawie {0}; potrzebują około {1} stanowisk, decyzję podejmie zarząd po świętach.",
        "Rozmowa na targach o urządzeniu {0}: możliwa większa ilość, {1} osób do przeszkolenia,"
        " czekają na dofinansowanie.",
    ),
    "+48",
    ("##-###", "0#-###", "3#-###"),
)

RUSSIAN = Language(
    _words(
        "Иван Мария Сергей Ольга Дмитрий Наталья Алексей Светлана Юрий Екатерина Фёдор Людмила"
        " Григорий Анастасия Павел Ирина"
        " Борис Жанна Виктор Зоя Эдуард Ксения Леонид Галина Артём Вера"
    ),
    _words(
        "Щербаков Кузнецова Смирнов Попов Лебедева Козлов Новикова Морозов Волкова Соловьёв"
        " Васильев Зайцева Павлов Семёнова"
        " Голубев Виноградова Богданов Воробьёва Фёдоров Михайлов Беляева Тарасов Жуков Чернышёва Хомяков Юдин"
    ),
    (
        "Москва",
        "Казань",
        "Челябинск",
        "Нижний Новгород",
        "Самара",
        "Екатеринбург",
        "Ярославль",
        "Воронеж",
        "Тюмень",
        "Пермь",
    ),
    (
        "Промышленное оборудование",
        "Торговый дом",
        "Стройматериалы",
        "Пищевые технологии",
        "Электромонтаж",
        "Деталь",
        "Транспорт",
    ),
    ("ООО", "АО", "ЗАО", "ИП"),
    ("Директор", "Начальник отдела", "Главный бухгалтер", "Закупщик", "Секретарь", "Инженер"),
    (
        "Клиент просит новое предложение по заказу {0}, более длинную гарантию и {1} штук со склада"
        " в следующем месяце.",
        "Договорились о встрече по вопросу {0}; нужно около {1} рабочих мест, решение примет"
        " правление после праздников.",
        "Разговор на выставке об установке {0}: возможна большая партия, обучить {1} человек, ждут"
        " согласования бюджета.",
    ),
    "+7",
    ("######", "1#####", "4#####"),
)

ENGLISH = Language(
    _words(
        "Oliver Grace Harry Amelia Jack Sophie Thomas Emily Zoë Renée George Charlotte Chloë Edward"
        " Hannah Ryan Megan Dylan"
        " Fiona Callum Imogen Nigel Beatrice Duncan Gareth Siobhán"
    ),
    _words(
        "Smith O'Brien Walker Hughes Patterson Fitzgerald Brontë Whitaker Chambers Donnelly Ashworth Pickering Holloway"
        " McAllister Thornton Beckett Wainwright Sinclair Langley Prescott Rowntree Hargreaves Nuñez Brown"
    ),
    ("Leeds", "Bristol", "Boston", "Denver", "Cork", "Sheffield", "Portland", "Nottingham", "Austin", "Cambridge"),
    (
        "Engineering",
        "Office Supplies",
        "Cold Storage",
        "Furniture",
        "Freight",
        "Café Partners",
        "Instruments",
        "Catering",
    ),
    ("Ltd", "Inc.", "LLC", "plc"),
    ("Managing Director", "Buyer", "Head of Sales", "Assistant", "Bookkeeper", "Quality Lead"),
    (
        "The customer asks for a revised quote on order {0} with a longer warranty and {1} pieces"
        " from stock next month.",
        "Meeting agreed about {0}; they need about {1} seats – the board will decide after the"
        " holidays, budget unclear.",
        "Talked at the fair about unit {0}: a larger quantity is possible, {1} people to train, waiting for a grant.",
    ),
    "+44",
    ("0####", "9####", "6####", "0####"),
)

LANGUAGES = {"de": GERMAN, "pl": POLISH, "ru": RUSSIAN, "en": ENGLISH}

_PLAIN = {
    "ä": "ae",
    "ö": "oe",
    "ü": "ue",
    "ß": "ss",
    "ą": "a",
    "ć": "c",
    "ę": "e",
    "ł": "l",
    "ń": "n",
    "ó": "o",
    "ś": "s",
    "ź": "z",
    "ż": "z",
    "а": "a",
    "б": "b",
    "в": "v",
    "г": "g",
    "д": "d",
    "е": "e",
    "ё": "e",
    "ж": "zh",
    "з": "z",
    "и": "i",
    "й": "y",
    "к": "k",
    "л": "l",
    "м": "m",
    "н": "n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "у": "u",
    "ф": "f",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ы": "y",
    "ь": "",
    "э": "e",
    "ю": "yu",
    "я": "ya",
    "é": "e",
    "ë": "e",
    "á": "a",
    "ñ": "n",
}


def transliterate(text: str) -> str:
    """Write a name in plain Latin letters, keeping capitals."""
    letters = []
    for letter in text:
        plain = _PLAIN.get(letter.lower(), letter)
        letters.append(plain.capitalize() if letter.isupper() and letter.lower() in _PLAIN else plain)
    return "".join(letters)
