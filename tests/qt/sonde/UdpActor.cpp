#include "UdpActor.h"

#include <QNetworkInterface>

UdpActor::UdpActor(const QString &id, Journal *journal) : id(id), journal(journal), socket(new QUdpSocket)
{
    const auto plain = [=](const QString &signal) {
        journal->line(id + ' ' + signal + stateOf());
        journal->emitted(id, signal);
    };
    connect(socket, &QUdpSocket::stateChanged, this, [=](QAbstractSocket::SocketState state) {
        journal->line(id + " stateChanged " + name(state) + stateOf());
        journal->emitted(id, "stateChanged");
    });
    connect(socket, &QUdpSocket::errorOccurred, this, [=](QAbstractSocket::SocketError error) {
        journal->line(id + " errorOccurred " + errorText(socket->errorString(), error) + stateOf());
        journal->emitted(id, "errorOccurred");
    });
    connect(socket, &QUdpSocket::disconnected, this, [=] { plain("disconnected"); });
    connect(socket, &QUdpSocket::aboutToClose, this, [=] { plain("aboutToClose"); });
    connect(socket, &QUdpSocket::readChannelFinished, this, [=] { plain("readChannelFinished"); });
    connect(socket, &QUdpSocket::bytesWritten, this, [=](qint64 count) {
        if (!muted)
            journal->line(QString("%1 bytesWritten %2").arg(id).arg(count) + stateOf());
        journal->emitted(id, "bytesWritten");
    });
    connect(socket, &QUdpSocket::readyRead, this, [=] {
        if (!muted) {
            readyReads += 1;
            journal->line(id + " readyRead" + stateOf());
        }
        journal->emitted(id, "readyRead");
        receive();
    });
    connect(socket, &QObject::destroyed, this, [=] {
        journal->line(id + " destroyed");
        journal->emitted(id, "destroyed");
    });
    const auto follow = [=](auto signal, const char *name) {
        connect(socket, signal, this, [=] { journal->react(id, name); });
    };
    follow(&QUdpSocket::stateChanged, "stateChanged");
    follow(&QUdpSocket::errorOccurred, "errorOccurred");
    follow(&QUdpSocket::disconnected, "disconnected");
    follow(&QUdpSocket::readChannelFinished, "readChannelFinished");
    follow(&QUdpSocket::bytesWritten, "bytesWritten");
    follow(&QUdpSocket::readyRead, "readyRead");
}

QString UdpActor::stateOf() const
{
    return "   <" + name(socket->state()) + '>';
}

QString UdpActor::errorField() const
{
    return "error=" + errorText(socket->errorString(), socket->error());
}

void UdpActor::receive()
{
    if (mode == "none")
        return;
    if (mode == "one")
        readOne();
    else
        while (socket->hasPendingDatagrams())
            readOne();
    journal->changed();
}

void UdpActor::readOne()
{
    const auto say = [&](const QString &text) {
        if (!muted)
            journal->line("  " + id + " datagram " + text + stateOf());
    };
    datagrams += 1;
    if (mode == "readDatagram") {
        const qint64 pending = socket->pendingDatagramSize();
        QByteArray data(int(pending), '\0');
        QHostAddress from;
        quint16 port = 0;
        const qint64 size = socket->readDatagram(data.data(), data.size(), &from, &port);
        bytes += data.size();
        say(QString("pendingSize=%1 read=%2 ").arg(pending).arg(size) + quoted(data) + ' ' + from.toString() + ' '
            + QString::number(port));
        return;
    }
    const QNetworkDatagram datagram = socket->receiveDatagram();
    last = datagram;
    bytes += datagram.data().size();
    say(QString("valid=%1 size=%2 ").arg(int(datagram.isValid())).arg(datagram.data().size())
        + quoted(datagram.data()) + ' ' + endpoint(datagram.senderAddress(), datagram.senderPort()) + " to "
        + endpoint(datagram.destinationAddress(), datagram.destinationPort()) + " if="
        + QNetworkInterface::interfaceNameFromIndex(int(datagram.interfaceIndex()))
        + QString(" hop=%1").arg(datagram.hopLimit()));
    if (mode == "reply" || mode == "ack" || mode == "echo")
        socket->writeDatagram(datagram.makeReply((mode == "echo" ? QByteArray() : bytesOf(modeArg)) + datagram.data()));
}

static QAbstractSocket::BindMode flagsOf(const QStringList &words)
{
    QAbstractSocket::BindMode mode = QAbstractSocket::DefaultForPlatform;
    for (const QString &word : words.join('|').replace(',', '|').split('|')) {
        if (word.startsWith("Share"))
            mode |= QAbstractSocket::ShareAddress;
        else if (word.startsWith("DontShare"))
            mode |= QAbstractSocket::DontShareAddress;
        else if (word.startsWith("Reuse"))
            mode |= QAbstractSocket::ReuseAddressHint;
    }
    return mode;
}

bool UdpActor::call(const QString &verb, const QStringList &args, const QString &echo)
{
    const QString head = "> " + id + '.' + verb + (echo.isEmpty() ? QString() : ' ' + echo);
    const auto result = [&](const QString &text) { journal->line(head + " = " + text); };
    const auto truth = [](bool fact) { return QString(fact ? "true" : "false"); };
    const auto send = [&](const QByteArray &data) {
        const qint64 sent = socket->writeDatagram(data, address(args.value(0)), args.value(1).toUShort());
        result(QString::number(sent) + ' ' + errorField());
    };
    const auto interface = [&] { return QNetworkInterface::interfaceFromName(args.value(1)); };

    if (verb == "bind") {
        const bool done = socket->bind(address(args.value(0)), args.value(1).toUShort(), flagsOf(args.mid(2)));
        result(truth(done) + " state=" + name(socket->state()) + " local=" + socket->localAddress().toString() + ' '
               + errorField());
    } else if (verb == "send")
        send(bytesOf(args.mid(2).join(' ')));
    else if (verb == "sendn")
        send(QByteArray(args.value(2).toInt(), 'x'));
    else if (verb == "burst") {
        const QByteArray data(args.value(3).toInt(), 'x');
        int sent = 0;
        for (int i = 0; i < args.value(2).toInt(); i++)
            if (socket->writeDatagram(data, address(args.value(0)), args.value(1).toUShort()) >= 0)
                sent += 1;
        result(QString("sent=%1 in N ms error=").arg(sent) + name(socket->error()));
    } else if (verb == "recv") {
        const QString before = QString("hasPending=%1 pendingSize=%2")
                                   .arg(int(socket->hasPendingDatagrams()))
                                   .arg(socket->pendingDatagramSize());
        const QNetworkDatagram datagram = socket->receiveDatagram(args.isEmpty() ? -1 : args.value(0).toInt());
        last = datagram;
        result(before
               + QString(" valid=%1 null=%2 size=%3 sender=")
                     .arg(int(datagram.isValid()))
                     .arg(int(datagram.isNull()))
                     .arg(datagram.data().size())
               + endpoint(datagram.senderAddress(), datagram.senderPort()) + ' ' + errorField() + ' '
               + quoted(datagram.data()));
    } else if (verb == "readDatagram") {
        QByteArray data(args.isEmpty() ? 65536 : args.value(0).toInt(), '\0');
        QHostAddress from;
        quint16 port = 0;
        const qint64 size = socket->readDatagram(data.data(), data.size(), &from, &port);
        data.truncate(qMax<qint64>(size, 0));
        result(QString::number(size) + ' ' + quoted(data)
               + (size < 0 ? QString() : ' ' + from.toString() + ' ' + QString::number(port)));
    } else if (verb == "join")
        result(truth(args.size() > 1 ? socket->joinMulticastGroup(address(args.value(0)), interface())
                                     : socket->joinMulticastGroup(address(args.value(0))))
               + ' ' + errorField());
    else if (verb == "leave")
        result(truth(args.size() > 1 ? socket->leaveMulticastGroup(address(args.value(0)), interface())
                                     : socket->leaveMulticastGroup(address(args.value(0))))
               + ' ' + errorField());
    else if (verb == "makeReply") {
        const QNetworkDatagram reply = last.makeReply(bytesOf(args.join(' ')));
        result(QString("valid=%1 destination=%2 ")
                   .arg(int(reply.isValid()))
                   .arg(endpoint(reply.destinationAddress(), reply.destinationPort()))
               + quoted(reply.data()));
    } else if (verb == "opt" && args.value(0) == "MulticastInterface") {
        socket->setMulticastInterface(QNetworkInterface::interfaceFromName(args.value(1)));
        result(socket->multicastInterface().name());
    } else if (verb == "opt")
        return option(socket, args, result);
    else if (verb == "state")
        result(QString("state=%1 %2 isOpen=%3 isValid=%4 local=%5 peer=%6 peerName=%7 avail=0 towrite=0")
                   .arg(name(socket->state()), errorField())
                   .arg(int(socket->isOpen()))
                   .arg(int(socket->isValid()))
                   .arg(endpoint(socket->localAddress(), socket->localPort()),
                        endpoint(socket->peerAddress(), socket->peerPort()), socket->peerName()));
    else if (verb == "bytesAvailable")
        result(QString::number(socket->bytesAvailable()));
    else if (verb == "total")
        result(QString("bytes=%1 readyRead=%2 datagrams=%3 batches=0").arg(bytes).arg(readyReads).arg(datagrams));
    else if (verb == "mode") {
        mode = args.value(0);
        modeArg = args.mid(1).join(' ');
    } else if (verb == "mute")
        muted = true;
    else if (verb == "close" || verb == "abort") {
        journal->line(head);
        if (verb == "close")
            socket->close();
        else
            socket->abort();
        journal->line("< " + verb + stateOf());
    } else if (verb == "delete") {
        journal->line("> delete");
        delete socket;
    } else if (verb == "deleteLater") {
        journal->line("> deleteLater");
        socket->deleteLater();
    } else if (verb == "objectDisconnect") {
        journal->line("> QObject::disconnect()");
        socket->disconnect();
        journal->line("< QObject::disconnect" + stateOf());
    } else
        return false;
    return true;
}
