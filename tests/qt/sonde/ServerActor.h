#pragma once

#include "TcpActor.h"

#include <QTcpServer>

/** A QTcpServer of the scenario; the sockets it takes are named after it: `s1`, `s2`. */
class ServerActor : public QObject, public Actor
{
public:
    ServerActor(const QString &id, Journal *journal, QMap<QString, Actor *> *actors);
    bool call(const QString &verb, const QStringList &args, const QString &echo) override;
    bool destroyed() const override { return server.isNull(); }

private:
    void next();

    QString id;
    Journal *journal;
    QMap<QString, Actor *> *actors;
    QPointer<QTcpServer> server;
    Mode mode;
    bool muted = false;
    bool manual = false;
    int taken = 0;
};
