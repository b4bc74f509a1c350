// Récepteur : s'attache à une adresse et à un port qu'il accepte de partager avec d'autres programmes.
#include <QCoreApplication>
#include <QDebug>
#include <QNetworkDatagram>
#include <QUdpSocket>

#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 12345}, {"adresse", "0.0.0.0"}});
    QUdpSocket socket;
    int rang = 0;

    // #region lecture
    QObject::connect(&socket, &QUdpSocket::readyRead, &socket, [&socket, &rang] {
        while (socket.hasPendingDatagrams()) {
            const QNetworkDatagram recu = socket.receiveDatagram();
            rang++;
            const QString de = QString("%1:%2").arg(recu.senderAddress().toString()).arg(recu.senderPort());
            qDebug() << "Reçu n°" << rang << "de" << qUtf8Printable(de) << ":" << QString::fromUtf8(recu.data());
        }
    });
    // #endregion

    // #region attache
    const QHostAddress adresse(options.texte("adresse"));
    if (!socket.bind(adresse, options.port(), QUdpSocket::ShareAddress | QUdpSocket::ReuseAddressHint)) {
        qDebug().noquote() << phrase(socket.error(), options.port());
        return 1;
    }
    qDebug().noquote().nospace() << "Récepteur prêt sur " << options.texte("adresse") << ", port : " << socket.localPort();
    // #endregion
    return a.exec();
}
