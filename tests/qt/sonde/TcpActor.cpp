#include "TcpActor.h"

TcpActor::TcpActor(const QString &id, Journal *journal, QTcpSocket *socket, const Mode &mode, bool muted)
    : id(id), journal(journal), socket(socket), mode(mode), muted(muted)
{
    const auto plain = [=](const QString &signal) {
        journal->line(id + ' ' + signal + stateOf(socket));
        journal->emitted(id, signal);
    };
    connect(socket, &QTcpSocket::stateChanged, this, [=](QAbstractSocket::SocketState state) {
        journal->line(id + " stateChanged " + name(state) + stateOf(socket));
        journal->emitted(id, "stateChanged");
    });
    connect(socket, &QTcpSocket::errorOccurred, this, [=](QAbstractSocket::SocketError error) {
        journal->line(id + " errorOccurred " + errorText(socket->errorString(), error) + stateOf(socket));
        journal->emitted(id, "errorOccurred");
    });
    connect(socket, &QTcpSocket::hostFound, this, [=] { plain("hostFound"); });
    connect(socket, &QTcpSocket::connected, this, [=] { plain("connected"); });
    connect(socket, &QTcpSocket::disconnected, this, [=] { plain("disconnected"); });
    connect(socket, &QTcpSocket::aboutToClose, this, [=] { plain("aboutToClose"); });
    connect(socket, &QTcpSocket::readChannelFinished, this, [=] { plain("readChannelFinished"); });
    connect(socket, &QTcpSocket::bytesWritten, this, [=](qint64 count) {
        if (!this->muted)
            journal->line(QString("%1 bytesWritten %2").arg(id).arg(count) + stateOf(socket));
        journal->emitted(id, "bytesWritten");
    });
    connect(socket, &QTcpSocket::readyRead, this, [=] {
        if (!this->muted) {
            readyReads += 1;
            journal->line(id + " readyRead" + stateOf(socket));
        }
        journal->emitted(id, "readyRead");
        receive();
    });
    connect(socket, &QObject::destroyed, this, [=] {
        journal->line(id + " destroyed");
        journal->emitted(id, "destroyed");
    });
    connect(socket, &QTcpSocket::errorOccurred, this, [=] { reconnect(); });
    connect(socket, &QTcpSocket::disconnected, this, [=] { reconnect(); });
    const auto follow = [=](auto signal, const char *name) {
        connect(socket, signal, this, [=] { journal->react(id, name); });
    };
    follow(&QTcpSocket::stateChanged, "stateChanged");
    follow(&QTcpSocket::errorOccurred, "errorOccurred");
    follow(&QTcpSocket::hostFound, "hostFound");
    follow(&QTcpSocket::connected, "connected");
    follow(&QTcpSocket::disconnected, "disconnected");
    follow(&QTcpSocket::aboutToClose, "aboutToClose");
    follow(&QTcpSocket::readChannelFinished, "readChannelFinished");
    follow(&QTcpSocket::bytesWritten, "bytesWritten");
    follow(&QTcpSocket::readyRead, "readyRead");
}

/* Mode `reconnect N`: N more tries, made in the slot that learns the end. */
void TcpActor::reconnect()
{
    const int left = mode.arg.isEmpty() ? 1 : mode.arg.toInt();
    if (mode.name != "reconnect" || left <= 0 || socket->state() != QAbstractSocket::UnconnectedState)
        return;
    mode.arg = QString::number(left - 1);
    socket->connectToHost(host, port);
}

QString TcpActor::stateOf(QTcpSocket *socket)
{
    return QString("   <%1 avail=%2 towrite=%3>")
        .arg(name(socket->state()))
        .arg(socket->bytesAvailable())
        .arg(socket->bytesToWrite());
}

void TcpActor::receive()
{
    if (mode.name == "none")
        return;
    if (mode.name == "line") {
        while (socket->canReadLine())
            read("readLine", socket->readLine());
    } else if (mode.name == "chunk") {
        read("read", socket->read(mode.arg.toInt()));
    } else {
        const QByteArray data = read("readAll", socket->readAll());
        if (mode.name == "echo")
            socket->write(data);
        else if (mode.name == "ack" || mode.name == "reply")
            socket->write(bytesOf(mode.arg) + data);
    }
    journal->changed();
}

QByteArray TcpActor::read(const QString &how, const QByteArray &data)
{
    bytes += data.size();
    reads += 1;
    if (!muted)
        journal->line(QString("  %1 %2 %3 ").arg(id, how).arg(data.size()) + quoted(data) + stateOf(socket));
    return data;
}

bool TcpActor::call(const QString &verb, const QStringList &args, const QString &echo)
{
    const QString head = "> " + id + '.' + verb + (echo.isEmpty() ? QString() : ' ' + echo);
    const auto result = [&](const QString &text) { journal->line(head + " = " + text); };
    const auto bracket = [&](const std::function<void()> &action) {
        journal->line(head);
        action();
        journal->line("< " + verb + stateOf(socket));
    };
    const auto written = [&](qint64 count) {
        result(QString("%1 towrite=%2").arg(count).arg(socket->bytesToWrite()));
    };
    const auto shown = [&](const QByteArray &data) {
        result(QString::number(data.size()) + ' ' + quoted(data));
    };
    const auto counted = [&](const QByteArray &data) {
        bytes += data.size();
        reads += 1;
        shown(data);
    };

    if (verb == "connectToHost") {
        host = args.value(0);
        port = args.value(1).toUShort();
        bracket([&] { socket->connectToHost(host, port); });
    } else if (verb == "disconnectFromHost")
        bracket([&] { socket->disconnectFromHost(); });
    else if (verb == "close")
        bracket([&] { socket->close(); });
    else if (verb == "abort")
        bracket([&] { socket->abort(); });
    else if (verb == "write")
        written(socket->write(bytesOf(args.join(' '))));
    else if (verb == "writen")
        written(socket->write(QByteArray(args.value(0).toInt(), 'x')));
    else if (verb == "flush") {
        const bool sent = socket->flush();
        result(QString("%1 towrite=%2").arg(sent ? "true" : "false").arg(socket->bytesToWrite()));
    } else if (verb == "readAll")
        counted(socket->readAll());
    else if (verb == "readLine")
        counted(socket->readLine(args.value(0).toLongLong()));
    else if (verb == "read")
        counted(socket->read(args.value(0).toInt()));
    else if (verb == "peek")
        shown(socket->peek(args.value(0).toInt()));
    else if (verb == "canReadLine")
        result(socket->canReadLine() ? "true" : "false");
    else if (verb == "atEnd")
        result(socket->atEnd() ? "true" : "false");
    else if (verb == "skip") {
        const qint64 skipped = socket->skip(args.value(0).toLongLong());
        result(QString("%1 avail=%2").arg(skipped).arg(socket->bytesAvailable()));
    } else if (verb.endsWith("Transaction")) {
        if (verb == "startTransaction")
            socket->startTransaction();
        else if (verb == "commitTransaction")
            socket->commitTransaction();
        else
            socket->rollbackTransaction();
        result(QString("started=%1 avail=%2")
                   .arg(socket->isTransactionStarted() ? "true" : "false")
                   .arg(socket->bytesAvailable()));
    } else if (verb == "opt")
        return option(socket, args, result);
    else if (verb == "state")
        result(describe());
    else if (verb == "total")
        result(QString("bytes=%1 readyRead=%2 datagrams=0 batches=%3").arg(bytes).arg(readyReads).arg(reads));
    else if (verb == "mode")
        mode = Mode{args.value(0), args.mid(1).join(' ')};
    else if (verb == "mute")
        muted = true;
    else if (verb == "delete") {
        journal->line("> delete");
        delete socket;
    } else if (verb == "deleteLater") {
        journal->line("> deleteLater");
        socket->deleteLater();
    } else if (verb == "objectDisconnect") {
        journal->line("> QObject::disconnect()");
        socket->disconnect();
        journal->line("< QObject::disconnect" + stateOf(socket));
    } else
        return false;
    return true;
}

QString TcpActor::describe() const
{
    return QString("state=%1 error=%2 isOpen=%3 isValid=%4 local=%5 peer=%6 peerName=%7 avail=%8 towrite=%9")
        .arg(name(socket->state()), errorText(socket->errorString(), socket->error()))
        .arg(int(socket->isOpen()))
        .arg(int(socket->isValid()))
        .arg(endpoint(socket->localAddress(), socket->localPort()),
             endpoint(socket->peerAddress(), socket->peerPort()), socket->peerName())
        .arg(socket->bytesAvailable())
        .arg(socket->bytesToWrite());
}
