#pragma once

#include "Journal.h"

#include <QNetworkDatagram>
#include <QPointer>
#include <QUdpSocket>

/** A QUdpSocket of the scenario. */
class UdpActor : public QObject, public Actor
{
public:
    UdpActor(const QString &id, Journal *journal);
    bool call(const QString &verb, const QStringList &args, const QString &echo) override;
    bool destroyed() const override { return socket.isNull(); }

private:
    void receive();
    void readOne();
    QString stateOf() const;
    QString errorField() const;

    QString id;
    Journal *journal;
    QPointer<QUdpSocket> socket;
    QString mode = "datagram";
    QString modeArg;
    bool muted = false;
    /** The last datagram received with its envelope, for `makeReply`. */
    QNetworkDatagram last;
    int readyReads = 0;
    int datagrams = 0;
};
