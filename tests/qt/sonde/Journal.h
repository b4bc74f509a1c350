#pragma once

#include <QAbstractSocket>
#include <QByteArray>
#include <QHostAddress>
#include <QMap>
#include <QObject>
#include <QStringList>
#include <functional>

/** The lines of a recording, the count of each signal, and who waits for one. */
class Journal : public QObject
{
public:
    void line(const QString &text);
    void emitted(const QString &object, const QString &signal);
    int count(const QString &object, const QString &signal) const;
    int last(const QString &object, const QString &signal) const;
    /** Keeps a statement for the next emission of a signal that has none waiting. */
    void on(const QString &object, const QString &signal, const QString &statement);
    /** Plays the statement kept for a signal; connected last, it comes after what the actor itself does. */
    void react(const QString &object, const QString &signal);
    /** Something awaited may have come true. */
    void changed();
    /** Runs the event loop until a fact is true; false when `ms` milliseconds passed first. */
    bool until(const std::function<bool()> &fact, int ms);

    int emissions = 0;
    /** Plays what an `on` asks for, inside the slot. */
    std::function<void(const QString &)> run;

private:
    std::function<void()> check;
    QMap<QString, int> counts;
    QMap<QString, int> lasts;
    QMap<QString, QStringList> slots_;
    int depth = 0;
};

/** An object of the scenario: what the player can ask of it. */
class Actor
{
public:
    virtual ~Actor() = default;
    /** @return false when this object has no such call. */
    virtual bool call(const QString &verb, const QStringList &args, const QString &echo) = 0;
    /** Its object exists no more. */
    virtual bool destroyed() const = 0;

    qint64 bytes = 0;
};

/** The bytes of an argument: its text in UTF-8, and each `\xHH` as the byte it names. */
QByteArray bytesOf(const QString &text);
/** `x.opt NAME [VALUE]`: writes an option when a value is given, then reads it; false when there is no such option. */
bool option(QAbstractSocket *socket, const QStringList &args, const std::function<void(const QString &)> &result);
QString quoted(const QByteArray &bytes);
QString name(QAbstractSocket::SocketState state);
QString name(QAbstractSocket::SocketError error);
QString errorText(const QString &text, QAbstractSocket::SocketError error);
QString endpoint(const QHostAddress &address, int port);
/** `Any`, `AnyIPv4`… or an address as text. */
QHostAddress address(const QString &text);
