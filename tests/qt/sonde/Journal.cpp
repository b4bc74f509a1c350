#include "Journal.h"

#include <QEventLoop>
#include <QMetaEnum>
#include <QTimer>
#include <QVariant>
#include <cstdio>

void Journal::line(const QString &text)
{
    std::fputs(QByteArray(2 * depth, ' ').constData(), stdout);
    std::fputs(text.toUtf8().constData(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

void Journal::emitted(const QString &object, const QString &signal)
{
    const QString key = object + '.' + signal;
    emissions += 1;
    counts[key] += 1;
    lasts[key] = emissions;
    changed();
}

int Journal::count(const QString &object, const QString &signal) const
{
    return counts.value(object + '.' + signal);
}

int Journal::last(const QString &object, const QString &signal) const
{
    return lasts.value(object + '.' + signal);
}

void Journal::on(const QString &object, const QString &signal, const QString &statement)
{
    slots_[object + '.' + signal] << statement;
}

void Journal::react(const QString &object, const QString &signal)
{
    QStringList &waiting = slots_[object + '.' + signal];
    if (waiting.isEmpty())
        return;
    depth += 1;
    run(waiting.takeFirst());
    depth -= 1;
}

void Journal::changed()
{
    if (check)
        check();
}

bool Journal::until(const std::function<bool()> &fact, int ms)
{
    if (fact())
        return true;
    QEventLoop loop;
    bool seen = false;
    const std::function<void()> outer = check;
    check = [&] {
        if (!seen && fact()) {
            seen = true;
            loop.quit();
        }
    };
    QTimer::singleShot(ms, &loop, &QEventLoop::quit);
    loop.exec();
    check = outer;
    return seen;
}

QByteArray bytesOf(const QString &text)
{
    QByteArray bytes;
    for (int i = 0; i < text.size(); i++) {
        const ushort code = text[i].unicode();
        const bool pair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
        if (code >= 0xdc80 && code <= 0xdcff)
            bytes += char(code - 0xdc00);
        else
            bytes += text.mid(i, pair ? 2 : 1).toUtf8();
        i += pair;
    }
    return bytes;
}

bool option(QAbstractSocket *socket, const QStringList &args, const std::function<void(const QString &)> &result)
{
    static const QMap<QString, QAbstractSocket::SocketOption> options{
        {"LowDelay", QAbstractSocket::LowDelayOption},
        {"KeepAlive", QAbstractSocket::KeepAliveOption},
        {"MulticastTtl", QAbstractSocket::MulticastTtlOption},
        {"MulticastLoopback", QAbstractSocket::MulticastLoopbackOption},
        {"TypeOfService", QAbstractSocket::TypeOfServiceOption},
        {"SendBuffer", QAbstractSocket::SendBufferSizeSocketOption},
        {"ReceiveBuffer", QAbstractSocket::ReceiveBufferSizeSocketOption},
    };
    if (!options.contains(args.value(0)))
        return false;
    const QAbstractSocket::SocketOption option = options.value(args.value(0));
    if (args.size() > 1)
        socket->setSocketOption(option, args.value(1).toInt());
    result(socket->socketOption(option).toString());
    return true;
}

QString quoted(const QByteArray &bytes)
{
    QString text;
    for (const char byte : bytes.left(73)) {
        const uchar code = static_cast<uchar>(byte);
        if (byte == '\n')
            text += "\\n";
        else if (byte == '\r')
            text += "\\r";
        else if (byte == '\t')
            text += "\\t";
        else if (byte == '"' || byte == '\\')
            text += QString("\\") + QChar(code);
        else if (code >= 0x20 && code < 0x7f)
            text += QChar(code);
        else
            text += QString("\\x%1").arg(code, 2, 16, QChar('0'));
    }
    return text.size() > 72 ? '"' + text.left(72) + QStringLiteral("…\"") : '"' + text + '"';
}

QString name(QAbstractSocket::SocketState state)
{
    return QMetaEnum::fromType<QAbstractSocket::SocketState>().valueToKey(state);
}

QString name(QAbstractSocket::SocketError error)
{
    return QMetaEnum::fromType<QAbstractSocket::SocketError>().valueToKey(error);
}

QString errorText(const QString &text, QAbstractSocket::SocketError error)
{
    return name(error) + QStringLiteral(" «") + text + QStringLiteral("»");
}

QString endpoint(const QHostAddress &address, int port)
{
    return address.toString() + '#' + QString::number(port);
}

QHostAddress address(const QString &text)
{
    static const QMap<QString, QHostAddress::SpecialAddress> special{
        {"Any", QHostAddress::Any},           {"AnyIPv4", QHostAddress::AnyIPv4},
        {"AnyIPv6", QHostAddress::AnyIPv6},   {"LocalHost", QHostAddress::LocalHost},
        {"Broadcast", QHostAddress::Broadcast}, {"LocalHostIPv6", QHostAddress::LocalHostIPv6},
    };
    return special.contains(text) ? QHostAddress(special.value(text)) : QHostAddress(text);
}
