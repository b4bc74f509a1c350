#include "ServerActor.h"

ServerActor::ServerActor(const QString &id, Journal *journal, QMap<QString, Actor *> *actors)
    : id(id), journal(journal), actors(actors), server(new QTcpServer)
{
    connect(server, &QTcpServer::pendingConnectionAvailable, this, [=] {
        journal->line(id + " pendingConnectionAvailable");
        journal->emitted(id, "pendingConnectionAvailable");
    });
    connect(server, &QTcpServer::newConnection, this, [=] {
        journal->line(id + QString(" newConnection hasPending=%1").arg(int(server->hasPendingConnections())));
        journal->emitted(id, "newConnection");
        if (!manual)
            next();
    });
    connect(server, &QTcpServer::acceptError, this, [=](QAbstractSocket::SocketError error) {
        journal->line(id + " acceptError " + errorText(server->errorString(), error));
        journal->emitted(id, "acceptError");
    });
    const auto follow = [=](auto signal, const char *name) {
        connect(server, signal, this, [=] { journal->react(id, name); });
    };
    follow(&QTcpServer::pendingConnectionAvailable, "pendingConnectionAvailable");
    follow(&QTcpServer::newConnection, "newConnection");
    follow(&QTcpServer::acceptError, "acceptError");
}

void ServerActor::next()
{
    QTcpSocket *socket = server->nextPendingConnection();
    if (socket == nullptr) {
        journal->line(id + " nextPendingConnection nullptr");
        return;
    }
    taken += 1;
    const QString name = id + QString::number(taken);
    actors->insert(name, new TcpActor(name, journal, socket, mode, muted));
    journal->line(QString("%1 nextPendingConnection %2 peer=%3 local=%4 hasPending=%5")
                      .arg(id, name, endpoint(socket->peerAddress(), socket->peerPort()),
                           socket->localAddress().toString())
                      .arg(int(server->hasPendingConnections()))
                  + TcpActor::stateOf(socket));
    if (mode.name == "greet")
        socket->write(bytesOf(mode.arg));
    else if (mode.name == "refuse")
        socket->disconnectFromHost();
    else if (mode.name == "abort")
        socket->abort();
}

bool ServerActor::call(const QString &verb, const QStringList &args, const QString &echo)
{
    const QString head = "> " + id + '.' + verb + (echo.isEmpty() ? QString() : ' ' + echo);
    const auto result = [&](const QString &text) { journal->line(head + " = " + text); };

    if (verb == "listen") {
        const bool done = server->listen(address(args.value(0, "Any")), args.value(1).toUShort());
        result(QString("%1 isListening=%2 serverAddress=%3 serverError=%4")
                   .arg(done ? "true" : "false")
                   .arg(int(server->isListening()))
                   .arg(server->serverAddress().toString(),
                        errorText(server->errorString(), server->serverError())));
    } else if (verb == "close") {
        server->close();
        result(QString("isListening=%1").arg(int(server->isListening())));
    } else if (verb == "info" || verb == "state") {
        result(QString("max=%1 backlog=%2 hasPending=%3 listening=%4 port=%5 address=%6 error=%7")
                   .arg(server->maxPendingConnections())
                   .arg(server->listenBacklogSize())
                   .arg(int(server->hasPendingConnections()))
                   .arg(int(server->isListening()))
                   .arg(server->serverPort())
                   .arg(server->serverAddress().toString(),
                        errorText(server->errorString(), server->serverError())));
    } else if (verb == "pending")
        result(QString("hasPending=%1").arg(int(server->hasPendingConnections())));
    else if (verb == "setListenBacklogSize") {
        server->setListenBacklogSize(args.value(0).toInt());
        result(QString::number(server->listenBacklogSize()));
    } else if (verb == "next")
        next();
    else if (verb == "setMaxPendingConnections") {
        server->setMaxPendingConnections(args.value(0).toInt());
        result(QString::number(server->maxPendingConnections()));
    } else if (verb == "pauseAccepting") {
        journal->line(head);
        server->pauseAccepting();
    } else if (verb == "resumeAccepting") {
        journal->line(head);
        server->resumeAccepting();
    } else if (verb == "mode")
        mode = Mode{args.value(0), args.mid(1).join(' ')};
    else if (verb == "manual")
        manual = true;
    else if (verb == "mute")
        muted = true;
    else if (verb == "delete") {
        journal->line("> delete");
        delete server;
    } else if (verb == "deleteLater") {
        journal->line("> deleteLater");
        server->deleteLater();
    } else if (verb == "objectDisconnect") {
        journal->line("> QObject::disconnect()");
        server->disconnect();
        journal->line("< QObject::disconnect");
    } else
        return false;
    return true;
}
