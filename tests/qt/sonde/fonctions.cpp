/* `fonctions` answers questions about pure functions of Qt: one a line, arguments in hexadecimal, one answer a line. */
#include <QDataStream>
#include <QDebug>
#include <QFile>
#include <QHostAddress>
#include <cstdio>

namespace {

QString flags(std::initializer_list<bool> facts)
{
    QString text;
    for (const bool fact : facts)
        text += fact ? '1' : '0';
    return text;
}

QString address(const QHostAddress &a)
{
    return a.toString() + ' ' + QString::number(int(a.protocol())) + ' '
        + flags({a.isNull(), a.isLoopback(), a.isBroadcast(), a.isMulticast()}) + ' '
        + QString::number(a.toIPv4Address());
}

QString answer(const QString &question, const QList<QByteArray> &args)
{
    const auto text = [&](int i) { return QString::fromUtf8(args.value(i)); };
    if (question == "address")
        return address(QHostAddress(text(0)));
    if (question == "number")
        return address(QHostAddress(quint32(text(0).toULongLong())));
    if (question == "equal") {
        const QHostAddress a(text(0)), b(text(1));
        return flags({a == b, a.isEqual(b), a.isEqual(b, QHostAddress::ConvertV4MappedToIPv4)});
    }
    if (question == "subnet")
        return flags({QHostAddress(text(0)).isInSubnet(QHostAddress(text(1)), text(2).toInt())});
    if (question == "utf8")
        return QString::fromLatin1(QString::fromUtf8(args.value(0)).toUtf8().toHex());
    if (question == "double") {
        QString shown;
        QDebug(&shown).nospace() << text(0).toDouble();
        return shown;
    }
    QByteArray written;
    QDataStream out(&written, QIODevice::WriteOnly);
    if (question == "string")
        out << text(0);
    else if (question == "bytes")
        out << args.value(0);
    else if (question == "integers") {
        const qint64 n = text(0).toLongLong();
        out << quint8(n) << qint16(n) << quint32(n) << n << (n % 2 != 0) << double(n) / 8;
    } else
        return "?";
    return QString::fromLatin1(written.toHex());
}

} // namespace

int main()
{
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly))
        return 1;
    for (QByteArray line = input.readLine(); !line.isEmpty(); line = input.readLine()) {
        const QList<QByteArray> words = line.trimmed().split(' ');
        QList<QByteArray> args;
        for (const QByteArray &word : words.mid(1))
            args << QByteArray::fromHex(word);
        std::puts(answer(QString::fromLatin1(words.value(0)), args).toUtf8().constData());
    }
}
