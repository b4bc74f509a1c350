#pragma once

#include "Journal.h"

#include <QPointer>
#include <QUdpSocket>

/** A QUdpSocket of the scenario. */
class UdpActor : public QObject, public Actor
{
public:
    UdpActor(const QString &id, Journal *journal);
    bool call(const QString &verb, const QStringList &args, const QString &echo) override;

private:
    void receive();
    void readOne();
    QString stateOf() const;
    QString errorField() const;
    bool option(const QString &name, const QStringList &args, const QString &head);

    QString id;
    Journal *journal;
    QPointer<QUdpSocket> socket;
    QString mode = "datagram";
    QString modeArg;
    bool muted = false;
    int readyReads = 0;
    int datagrams = 0;
};
