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
    /** Something awaited may have come true. */
    void changed();
    /** Runs the event loop until a fact is true; false when `ms` milliseconds passed first. */
    bool until(const std::function<bool()> &fact, int ms);

    int emissions = 0;

private:
    std::function<void()> check;
    QMap<QString, int> counts;
    QMap<QString, int> lasts;
};

/** An object of the scenario: what the player can ask of it. */
class Actor
{
public:
    virtual ~Actor() = default;
    /** @return false when this object has no such call. */
    virtual bool call(const QString &verb, const QStringList &args, const QString &echo) = 0;

    qint64 bytes = 0;
};

QString quoted(const QByteArray &bytes);
QString name(QAbstractSocket::SocketState state);
QString name(QAbstractSocket::SocketError error);
QString errorText(const QString &text, QAbstractSocket::SocketError error);
QString endpoint(const QHostAddress &address, int port);
/** `Any`, `AnyIPv4`… or an address as text. */
QHostAddress address(const QString &text);
