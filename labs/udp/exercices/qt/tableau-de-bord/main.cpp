// Exercice 8.5.1-4 : la dernière valeur de chaque capteur.
#include <QCoreApplication>
#include <QDebug>
#include <QNetworkDatagram>
#include <QUdpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 12345}});
    QUdpSocket udpSocket;
    int rejets = 0;

    /** La réponse à ETAT : une ligne par capteur, puis le nombre de rejets. */
    const auto etat = [&] {
        // À vous : id=valeur, trié par identifiant ; PERIME pour un capteur muet depuis 2 secondes.
        return QString("rejets=%1").arg(rejets);
    };

    QObject::connect(&udpSocket, &QUdpSocket::readyRead, &udpSocket, [&] {
        while (udpSocket.hasPendingDatagrams()) {
            const QNetworkDatagram datagramme = udpSocket.receiveDatagram();
            const QString texte = QString::fromUtf8(datagramme.data());
            if (texte == "ETAT")
                udpSocket.writeDatagram(datagramme.makeReply(etat().toUtf8()));
            // À vous : sinon, retenir la valeur de « id;valeur », ou compter un rejet.
        }
    });

    if (!udpSocket.bind(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(udpSocket.error(), options.port());
        return 3;
    }
    qDebug() << "Tableau de bord attaché au port :" << udpSocket.localPort();
    return a.exec();
}
