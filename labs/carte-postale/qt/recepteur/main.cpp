// Récepteur : un datagramme envoyé, une réception, avec sa taille et l'adresse de son émetteur.
#include <QCoreApplication>
#include <QDebug>
#include <QUdpSocket>

#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 12345}, {"tampon", 0}});
    QUdpSocket socket;

    // #region lecture
    QObject::connect(&socket, &QUdpSocket::readyRead, &socket, [&socket, &options] {
        while (socket.hasPendingDatagrams()) {
            const qint64 taille = socket.pendingDatagramSize();
            // Un tampon plus petit que le datagramme n'en garde que le début.
            QByteArray tampon(options.entier("tampon") > 0 ? options.entier("tampon") : taille, '\0');
            QHostAddress adresse;
            quint16 port = 0;
            const qint64 lus = socket.readDatagram(tampon.data(), tampon.size(), &adresse, &port);
            tampon.truncate(qMax<qint64>(lus, 0));
            QString ligne = QString("Reçu de %1:%2, taille %3").arg(adresse.toString()).arg(port).arg(taille);
            if (lus < taille)
                ligne += QString(", lus %1").arg(lus);
            qDebug() << qUtf8Printable(ligne + " :") << QString::fromUtf8(tampon);
            if (lus < taille)
                qDebug() << "Tampon trop petit : le reste de ce datagramme est perdu";
        }
    });
    // #endregion

    // #region attache
    if (!socket.bind(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(socket.error(), options.port());
        return 1;
    }
    qDebug() << "Récepteur prêt, port :" << socket.localPort();
    // #endregion
    return a.exec();
}
