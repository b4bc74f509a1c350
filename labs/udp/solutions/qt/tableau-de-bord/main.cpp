// Exercice 8.5.1-4 : la dernière valeur de chaque capteur.
#include <QCoreApplication>
#include <QDebug>
#include <QElapsedTimer>
#include <QMap>
#include <QNetworkDatagram>
#include <QUdpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"port", 12345}});
    QUdpSocket udpSocket;
    struct Mesure
    {
        QString valeur;
        QElapsedTimer age;
    };
    QMap<QString, Mesure> mesures; // une QMap est triée
    int rejets = 0;

    /** La réponse à ETAT : une ligne par capteur, puis le nombre de rejets. */
    const auto etat = [&] {
        QStringList lignes;
        for (auto mesure = mesures.cbegin(); mesure != mesures.cend(); ++mesure)
            lignes << mesure.key() + "=" + (mesure->age.hasExpired(2000) ? "PERIME" : mesure->valeur);
        lignes << QString("rejets=%1").arg(rejets);
        return lignes.join('\n');
    };

    QObject::connect(&udpSocket, &QUdpSocket::readyRead, &udpSocket, [&] {
        while (udpSocket.hasPendingDatagrams()) {
            const QNetworkDatagram datagramme = udpSocket.receiveDatagram();
            const QString texte = QString::fromUtf8(datagramme.data());
            if (texte == "ETAT")
                udpSocket.writeDatagram(datagramme.makeReply(etat().toUtf8()));
            else {
                const qsizetype separateur = texte.indexOf(';');
                const QString valeur = texte.mid(separateur + 1);
                bool estNombre = false;
                valeur.toDouble(&estNombre);
                if (separateur > 0 && estNombre) {
                    Mesure &mesure = mesures[texte.left(separateur)];
                    mesure.valeur = valeur;
                    mesure.age.start();
                } else
                    rejets++;
            }
        }
    });

    if (!udpSocket.bind(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(udpSocket.error(), options.port());
        return 3;
    }
    qDebug() << "Tableau de bord attaché au port :" << udpSocket.localPort();
    return a.exec();
}
