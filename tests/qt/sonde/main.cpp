/*
 * `sonde scenario.qts` plays a scenario on real Qt and prints its recording.
 * `sonde -` reads statements on stdin, plays those of a line, then prints `[done]`: half of a scenario whose other
 * half is played elsewhere.
 */
#include "ServerActor.h"
#include "TcpActor.h"
#include "UdpActor.h"

#include <QCoreApplication>
#include <QFile>
#include <QRegularExpression>
#include <QSocketNotifier>
#include <QThread>
#include <cstdio>
#include <unistd.h>

namespace {

const int defaultWait = 5000;

Journal journal;
QMap<QString, Actor *> actors;
int actionMark = 0;

QString unquoted(const QString &word)
{
    const bool quotes = word.size() >= 2 && word.startsWith('"') && word.endsWith('"');
    return quotes ? word.mid(1, word.size() - 2) : word;
}

QString unescaped(const QString &word)
{
    QString text;
    for (int i = 0; i < word.size(); i++) {
        if (word[i] != '\\' || i + 1 == word.size()) {
            text += word[i];
            continue;
        }
        const QChar letter = word[++i];
        // A byte that is no character is held as a lone surrogate, U+DC80 to U+DCFF: `bytesOf` gives it back.
        const int code = letter == 'x' ? word.mid(i + 1, 2).toInt(nullptr, 16) : 0;
        if (letter == 'x') {
            text += QChar(code < 0x80 ? code : 0xdc00 + code);
            i += 2;
            continue;
        }
        text += letter == '0' ? QChar(0) : letter == 'n' ? QChar('\n') : letter == 'r' ? QChar('\r') : letter == 't' ? QChar('\t') : letter;
    }
    return text;
}

QStringList words(const QString &text, const QString &separators)
{
    const QRegularExpression pattern("(?:\"(?:\\\\.|[^\"\\\\])*\"|[^" + separators + "\"])+");
    QStringList found;
    for (auto it = pattern.globalMatch(text); it.hasNext();) {
        const QString word = it.next().captured().trimmed();
        if (!word.isEmpty())
            found << word;
    }
    return found;
}

void create(const QString &className, const QString &id)
{
    if (className == "tcp")
        actors[id] = new TcpActor(id, &journal, new QTcpSocket);
    else if (className == "udp")
        actors[id] = new UdpActor(id, &journal);
    else
        actors[id] = new ServerActor(id, &journal, &actors);
}

void wait(const QString &kind, const QStringList &args)
{
    const QString object = args.value(0).section('.', 0, 0);
    const QString signal = args.value(0).section('.', 1);
    const int mark = actionMark;
    const bool counting = kind != "wait";
    const int limit = args.value(counting ? 2 : 1, QString::number(defaultWait)).toInt();
    const bool seen = journal.until(
        [&] {
            if (kind == "wait")
                return journal.last(object, signal) > mark;
            if (kind == "waitcount")
                return journal.count(object, signal) >= args.value(1).toInt();
            return actors.contains(object) && actors[object]->bytes >= args.value(1).toLongLong();
        },
        limit);
    if (!seen)
        journal.line("! " + kind + ' ' + args.join(' ') + ": nothing came");
}

/** What takes no time, inside a slot as well: a creation, a call, a blocked loop. */
void act(const QString &statement)
{
    const QStringList raw = words(statement, "\\s");
    QStringList args, echo;
    for (const QString &word : raw.mid(1)) {
        echo << unquoted(word);
        args << unescaped(unquoted(word));
    }
    const QString first = raw.value(0);
    if (first == "block" || first == "blockLoop") {
        QThread::msleep(args.value(0).toULong());
        return;
    }
    if (first == "tcp" || first == "udp" || first == "server")
        return create(first, args.value(0));
    const QString object = first.section('.', 0, 0);
    if (!actors.contains(object))
        journal.line("! aucun objet ne se nomme " + object + " : " + statement);
    else if (actors[object]->destroyed())
        journal.line("! " + object + QString::fromUtf8(" est détruit : ") + statement);
    else if (!actors[object]->call(first.section('.', 1), args, echo.join(' '))) {
        std::fprintf(stderr, "statement outside the language: %s\n", qPrintable(statement));
        std::exit(2);
    }
}

void play(const QString &statement)
{
    const QStringList all = words(statement, "\\s");
    const QString first = all.value(0);
    if (first.startsWith("wait") && !first.contains('.'))
        return wait(first, all.mid(1));
    if (first == "sleep") {
        journal.until([] { return false; }, all.value(1).toInt());
        return;
    }
    if (first == "on") {
        const QString signal = all.value(1);
        const QString slot = statement.mid(statement.indexOf(signal) + signal.size()).trimmed();
        return journal.on(signal.section('.', 0, 0), signal.section('.', 1), slot);
    }
    if (!first.startsWith("block"))
        actionMark = journal.emissions;
    if (first.contains('.')) {
        // An accepted socket (`s1`) may come a moment after what made it exist.
        const QString object = first.section('.', 0, 0);
        journal.until([&] { return actors.contains(object); }, 1000);
    }
    act(statement);
}

/** Ends without destroying the objects, whose last signals are no part of the recording. */
[[noreturn]] void leave()
{
    std::fflush(stdout);
    _exit(0);
}

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication app(argc, argv);
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) { journal.line("! " + text); });
    journal.run = act;
    QFile file;
    if (app.arguments().value(1) == "-") {
        if (!file.open(stdin, QIODevice::ReadOnly))
            return 1;
        QSocketNotifier notifier(STDIN_FILENO, QSocketNotifier::Read);
        QObject::connect(&notifier, &QSocketNotifier::activated, &app, [&] {
            notifier.setEnabled(false);
            const QByteArray line = file.readLine();
            if (line.isEmpty())
                leave();
            for (const QString &statement : words(QString::fromUtf8(line), ";"))
                play(statement);
            journal.line("[done]");
            notifier.setEnabled(true);
        });
        return app.exec();
    }
    file.setFileName(app.arguments().value(1));
    if (!file.open(QIODevice::ReadOnly)) {
        std::fprintf(stderr, "cannot read %s\n", qPrintable(file.fileName()));
        return 1;
    }
    while (!file.atEnd()) {
        const QString line = QString::fromUtf8(file.readLine());
        if (line.trimmed().startsWith('#'))
            continue;
        for (const QString &statement : words(line, ";"))
            play(statement);
    }
    journal.line("[code 0]");
    leave();
}
