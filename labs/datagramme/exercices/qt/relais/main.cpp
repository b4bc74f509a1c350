// Exercice 8.5.2-3 : un relais UDP pour plusieurs clients.
#include <QCoreApplication>
#include <QDebug>
#include <QNetworkDatagram>
#include <QUdpSocket>
#include "Options.h"
#include "phrases.h"

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(), {{"hote", "127.0.0.1"}, {"port", 12346}, {"vers", 12345}, {"oubli", 5000}});
    QUdpSocket entree;
    const QHostAddress cible(options.texte("hote"));
    QNetworkDatagram dernier;

    // À vous : ce socket unique rend toutes les réponses au dernier client entendu.
    QUdpSocket sortie;
    QObject::connect(&sortie, &QUdpSocket::readyRead, &sortie, [&] {
        while (sortie.hasPendingDatagrams())
            entree.writeDatagram(dernier.makeReply(sortie.receiveDatagram().data()));
    });

    QObject::connect(&entree, &QUdpSocket::readyRead, &entree, [&] {
        while (entree.hasPendingDatagrams()) {
            dernier = entree.receiveDatagram();
            // À vous : répondre « CLIENTS n » à la question « ? », et oublier qui se tait depuis --oubli ms.
            sortie.writeDatagram(dernier.data(), cible, options.entier("vers"));
        }
    });

    if (!entree.bind(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(entree.error(), options.port());
        return 3;
    }
    qDebug() << "Relais attaché au port :" << entree.localPort();
    return a.exec();
}
