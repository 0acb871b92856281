import type { Everyday } from './everyday.ts';

/** Where is my parcel, and what comes with it. */
export const delivery: Everyday[] = [
  {
    topic: 'delivery_where',
    tags: ['sendung'],
    subject: 'Paket hängt seit Tagen im Zentrum',
    text: `Guten Tag,

meine Bestellung {order} (die Regenjacke) steht laut Verfolgung seit {w-4} unverändert auf „im Paketzentrum eingetroffen“. Das Geschenk muss am Wochenende da sein. Kommt da noch was, oder soll ich woanders kaufen?

Freundliche Grüße
{name}`,
    answer: `danke, dass Sie nachfragen – vier Tage Stillstand sind zu lang, da gebe ich Ihnen recht. Ich habe eben mit dem Paketdienst gesprochen: Die Sendung liegt mit beschädigtem Adressaufkleber im Zentrum und wird heute neu beklebt. Damit Ihr Geschenk sicher ankommt, habe ich parallel eine zweite Jacke mit Expressversand losgeschickt. Sie ist am {w+1}, {d+1} zwischen 9 und 14 Uhr bei Ihnen. Kommt die erste auch noch, nehmen Sie sie bitte einfach nicht an; es kostet Sie nichts.`,
    promise: { text: 'Ersatzjacke kommt per Express, 9 bis 14 Uhr', days: 1 },
    after: `Das ging ja fix. Jacke ist da, passt, Geburtstag gerettet. Vielen Dank!

{name}`,
  },
  {
    topic: 'delivery_where',
    tags: ['sendung'],
    subject: 'Wo bleibt meine Lieferung {order}?',
    text: `Sehr geehrte Damen und Herren,

am {d-9} habe ich bei Ihnen einen Wasserkocher und zwei Geschirrtücher bestellt. Zugesagt waren „2 bis 4 Werktage“. Bis heute habe ich weder Ware noch eine Nachricht.

Bitte teilen Sie mir mit, wann ich mit der Lieferung rechnen darf.

Mit freundlichen Grüßen
{name}
{street}, {city}`,
    answer: `Sie haben neun Tage nichts von uns gehört, das tut mir leid. Die Geschirrtücher sind versandfertig, der Wasserkocher kam verspätet vom Hersteller und ist erst heute bei uns eingetroffen – und unsere Nachricht an Sie ist schlicht unterblieben. Beides geht heute zusammen hinaus und ist spätestens am {w+3}, {d+3} bei Ihnen. Ich sehe an dem Tag selbst nach, ob alles angekommen ist, und melde mich, falls nicht. Sie müssen dann nicht noch einmal schreiben.`,
    promise: { text: 'Lieferung von Wasserkocher und Geschirrtüchern', days: 3 },
  },
  {
    topic: 'delivery_where',
    tags: ['sendung', 'nachbar'],
    subject: 'angeblich beim nachbarn abgegeben',
    text: `hallo, laut mail wurde mein paket am {w-1} bei "nachbar" abgegeben. ich wohn in einem haus mit 24 parteien und hab jetzt bei 9 geklingelt. niemand weiß was. {order}. was soll ich machen?? lg {first}`,
    answer: `neunmal geklingelt – das soll nicht deine Arbeit sein. Der Fahrer hat als Namen „Kowalczik“ eingetragen, das steht nur im internen Beleg. Vielleicht sagt dir der Name im Haus etwas? Falls du dort nichts bekommst, antworte mir kurz: Dann starte ich die Nachforschung und du bekommst bis {w+3}, {d+3} Bescheid, spätestens dann auch Ersatz oder dein Geld.`,
    after: `die wohnen im hinterhaus!! paket ist da. danke dir`,
  },
  {
    topic: 'delivery_where',
    tags: ['sendung'],
    subject: 'Sendungsverfolgung funktioniert nicht',
    text: `Hallo zusammen,

ich klicke in Ihrer Mail auf „Sendung verfolgen“ und komme auf eine leere Seite. Bestellnummer {order}, zwei Paar Kinderschuhe. Können Sie mir einfach sagen, wo die sind?

Danke und schönen Tag
{first} {last}`,
    answer: `gern: Ihre beiden Paar Kinderschuhe sind heute um 6:41 Uhr in den Zustellwagen geladen worden, sie kommen also heute. Die leere Seite lag an uns, der Verweis in der Mail war abgelaufen. Ich habe das an unsere Technik gegeben. Wenn heute bis 20 Uhr niemand geklingelt hat, schreiben Sie mir bitte ein Wort, dann hake ich gleich morgen früh nach.`,
  },
  {
    topic: 'delivery_incomplete',
    tags: ['lieferung'],
    subject: 'Lieferung unvollständig',
    text: `Guten Tag,

heute kam das Regal „Norderney“ an, aber der Beutel mit den Schrauben und zwei der sechs Böden fehlen. Ohne Schrauben ist das leider nur ein Stapel Bretter :-)

Bestellung {order}. Ein Foto vom Karton hänge ich an – er war an der Ecke offen.

Beste Grüße
{name}`,
    files: ['parcel'],
    answer: `ein Stapel Bretter war nicht bestellt – danke für das Foto, darauf sieht man die offene Ecke gut. Ich habe Ihnen den Schraubensatz und zwei Böden als Ersatzteilpaket auf den Weg gebracht, es kommt am {w+2}, {d+2}. Sie müssen nichts zurückschicken. Sollte beim Aufbau noch etwas fehlen, rufen Sie mich gern direkt an; Ihr Vorgang liegt bei mir.`,
    promise: { text: 'Schraubensatz und zwei Böden kommen als Ersatzteilpaket', days: 2 },
  },
  {
    topic: 'delivery',
    tags: ['lieferung', 'adresse'],
    subject: 'Lieferadresse ändern - dringend',
    text: `Liebes Team,

ich habe gerade bestellt ({order}) und erst in der Bestätigung gesehen, dass noch meine alte Adresse hinterlegt ist. Ich bin im September umgezogen. Neue Adresse: {street}, {city}. Könnt ihr das noch abfangen?

Viele Grüße
{first}`,
    answer: `das hat noch geklappt: Die Bestellung war noch nicht gepackt, ich habe die Lieferadresse auf {street}, {city} geändert. Damit es beim nächsten Mal nicht wieder passiert, habe ich die neue Anschrift auch im Kundenkonto als erste gesetzt; die alte ist noch da, falls dort jemand Post für Sie annimmt. Soll ich sie ganz entfernen?`,
    after: `Super, danke! Ja, die alte kann weg.

{first}`,
  },
  {
    topic: 'delivery',
    tags: ['lieferung'],
    subject: 'Wunschtermin Lieferung Kommode',
    text: `Sehr geehrtes Hansekontor-Team,

die Spedition hat mir für die Kommode (Bestellung {order}) den {w+4} zwischen 8 und 17 Uhr genannt. Ich arbeite im Krankenhaus im Schichtdienst und kann mir keinen ganzen Tag freinehmen. Gibt es eine Möglichkeit, den Zeitraum einzugrenzen oder abends zu liefern?

Mit freundlichem Gruß
{name}`,
    answer: `neun Stunden warten kann niemand im Schichtdienst, das verstehe ich gut. Ich habe mit der Spedition telefoniert: Sie liefert Ihnen am selben Tag im Abendfenster zwischen 17:30 und 20 Uhr, ohne Aufpreis, und ruft eine halbe Stunde vorher an. Passt das zu Ihrem Dienst? Wenn nicht, antworten Sie mir kurz mit zwei Tagen, an denen Sie frei haben – ich tausche den Termin dann für Sie.`,
  },
  {
    topic: 'delivery',
    tags: ['lieferung', 'packstation'],
    subject: 'Warum nicht an Packstation?',
    text: `Hallo,
bei der Bestellung konnte ich keine Packstation angeben. Das Feld sagt „ungültige Straße“. Ich bin tagsüber nie da und der nächste Paketladen schließt um 18 Uhr. Für ein Buch und eine Bratpfanne muss das doch möglich sein?
Gruß {name}`,
    answer: `die Bratpfanne ist die Übeltäterin: Sobald ein Artikel über 31,5 kg wiegt oder zu lang ist, schließt unser Formular Packstationen aus – und bei dieser Pfanne ist im System versehentlich das Gewicht der ganzen Palette hinterlegt. Danke, dass Sie es gemeldet haben; das ist korrigiert. Wenn Sie mögen, nennen Sie mir Ihre Packstation und Postnummer, dann trage ich sie in die Bestellung {order} ein.`,
  },
  {
    topic: 'delivery_where',
    tags: ['sendung'],
    subject: 'Lieferverzug, zum zweiten Mal verschoben',
    text: `Guten Morgen,

erst hieß es KW 45, dann KW 46, nun bekomme ich eine Mail „voraussichtlich Anfang Dezember“. Es geht um die Matratze, Bestellung {order}. Meine Tochter schläft derzeit auf dem Gästesofa. Bitte eine ehrliche Auskunft: Kommt die Matratze überhaupt noch?

{name}`,
    answer: `eine ehrliche Auskunft haben Sie verdient: In der bestellten Größe wird die Matratze erst um den 8. Dezember wieder gefertigt, und diesen Termin kann ich Ihnen nicht fest versprechen. Sofort lieferbar ist das gleiche Modell einen Härtegrad weicher oder die „Brise“ im selben Härtegrad, sie kostet 40 € mehr, die ich Ihnen wegen der Verschiebungen erlasse. Beides könnte am {w+3}, {d+3} bei Ihnen sein. Oder Sie treten kostenlos zurück. Was ist Ihnen am liebsten?`,
    after: `Dann bitte die „Brise“ zum alten Preis. Danke für die klaren Worte, das hilft mehr als drei Entschuldigungsmails.

{name}`,
  },
  {
    topic: 'delivery_where',
    tags: ['sendung'],
    subject: 'Re: Ihre Bestellung ist unterwegs',
    text: `das steht da seit drei tagen so. unterwegs wohin?? bestellung {order}`,
    answer: `„unterwegs wohin“ ist eine berechtigte Frage. Ihr Paket ist im Verteilzentrum Lauenau an der falschen Rampe gelandet und fuhr erst einmal nach Süden. Seit heute Nacht ist es auf dem Weg zurück und wird am {w+2}, {d+2} zugestellt. Ich behalte es im Auge und schreibe Ihnen, sollte es noch einmal abbiegen.`,
    promise: { text: 'Zustellung nach Irrläufer', days: 2 },
  },
  {
    topic: 'delivery',
    tags: ['ablageort'],
    subject: 'Paket lag im Regen',
    text: `Sehr geehrte Damen und Herren,

gestern wurde mein Paket trotz ausdrücklichen Verbots vor die Haustür gelegt. Es hat den ganzen Tag geregnet, der Karton ist durchweicht, die Bettwäsche darin feucht. Ich habe nie eine Abstellerlaubnis erteilt.

Bestellung {order}
{name}, {city}`,
    files: ['parcel'],
    answer: `das hätte nicht passieren dürfen, und ich danke Ihnen für das Foto. Ich sehe in der Zustellung tatsächlich keinen Ablageort von Ihnen. Neue Bettwäsche ist heute an Sie unterwegs (Ankunft {w+2}, {d+2}); die feuchte können Sie behalten oder mit dem beigefügten Schein zurückgeben, ganz wie Sie möchten. Den Fahrer darf ich Ihnen nicht nennen, aber die Zustellbasis hat meine Beschwerde schriftlich bekommen und muss antworten.`,
    promise: { text: 'Ersatz für die feuchte Bettwäsche', days: 2 },
  },
  {
    topic: 'delivery_where',
    tags: ['sendung', 'geschenk'],
    subject: 'Kommt das noch zum Nikolaus?',
    text: `Hallo liebes Team,
ich möchte heute noch den Holzbauernhof bestellen, aber nur, wenn er bis zum 5.12. da ist. Auf der Seite steht 4-6 Werktage. Klappt das?
Herzliche Grüße
{first} {last} (Oma von drei Wirbelwinden)`,
    sex: 'f',
    answer: `das klappt: Der Bauernhof liegt in Haldensleben im Regal, und wenn Sie heute oder morgen bestellen, ist er bis Ende kommender Woche bei Ihnen – also gut vor Nikolaus. Schreiben Sie mir die Bestellnummer, dann lege ich mir den Auftrag auf Wiedervorlage und schaue, dass wirklich nichts dazwischenkommt. Die drei Wirbelwinde sollen ja nicht vor leeren Stiefeln stehen.`,
  },
];
