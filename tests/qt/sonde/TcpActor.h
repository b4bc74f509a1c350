#pragma once

#include "Journal.h"

#include <QPointer>
#include <QTcpSocket>

/** What a socket does with what it receives: `x.mode ack PFX`. */
struct Mode
{
    QString name = "readAll";
    QString arg;
};

/** A QTcpSocket of the scenario, created by it or accepted by a server. */
class TcpActor : public QObject, public Actor
{
public:
    TcpActor(const QString &id, Journal *journal, QTcpSocket *socket, const Mode &mode = Mode(), bool muted = false);
    bool call(const QString &verb, const QStringList &args, const QString &echo) override;
    bool destroyed() const override { return socket.isNull(); }
    static QString stateOf(QTcpSocket *socket);

private:
    void receive();
    void reconnect();
    QByteArray read(const QString &how, const QByteArray &data);
    QString describe() const;

    QString id;
    Journal *journal;
    QPointer<QTcpSocket> socket;
    Mode mode;
    bool muted;
    /** Where `connectToHost` last went, for the mode `reconnect`. */
    QString host;
    quint16 port = 0;
    int readyReads = 0;
    int reads = 0;
};
