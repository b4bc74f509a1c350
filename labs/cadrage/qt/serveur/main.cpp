// Serveur : compte ses lectures et les messages qu'il y retrouve, selon le cadrage choisi.
#include <QCoreApplication>
#include <QDebug>
#include <QTcpServer>
#include <QTcpSocket>
#include <memory>

#include "../Cadreur.h"
#include "Options.h"
#include "phrases.h"

/** Ce que le serveur sait d'une conversation. */
struct Conversation
{
    Decodeur decodeur;
    int lectures = 0;
    int messages = 0;
};

int main(int argc, char *argv[])
{
    QCoreApplication a(argc, argv);
    const Options options(a.arguments(),
                          {{"port", 1234}, {"cadrage", QStringList{"lignes", "longueur", "aucun"}}, {"max", 1024}});
    const QString cadrage = options.texte("cadrage");
    const int max = options.entier("max");
    QTcpServer serveur;

    // #region lecture
    auto accueillir = [&cadrage, max](QTcpSocket *socket) {
        auto c = std::make_shared<Conversation>(Conversation{Decodeur(cadrage, max)});
        QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, c, max] {
            const QByteArray octets = socket->readAll();
            c->lectures++;
            qDebug().nospace() << "Lecture n° " << c->lectures << ", taille " << octets.size();
            for (const QByteArray &message : c->decodeur.lire(octets))
                qDebug() << "Message n°" << ++c->messages << ":" << QString::fromUtf8(message);
            if (!c->decodeur.refus())
                return;
            qDebug() << "Message refusé : plus de" << max << "octets, conversation coupée";
            socket->abort();
        });
        QObject::connect(socket, &QTcpSocket::disconnected, socket, [socket, c, cadrage] {
            qDebug().noquote() << QString("Bilan, cadrage %1, messages : %2, lectures : %3")
                                          .arg(cadrage).arg(c->messages).arg(c->lectures);
            if (c->decodeur.reste() > 0)
                qDebug() << "Octets sans fin de message :" << c->decodeur.reste();
            socket->deleteLater();
        });
    };
    // #endregion

    QObject::connect(&serveur, &QTcpServer::newConnection, &serveur, [&serveur, &accueillir] {
        while (QTcpSocket *socket = serveur.nextPendingConnection())
            accueillir(socket);
    });
    if (!serveur.listen(QHostAddress::AnyIPv4, options.port())) {
        qDebug().noquote() << phrase(serveur.serverError(), options.port());
        return 1;
    }
    qDebug().noquote().nospace() << "Serveur prêt, cadrage " << cadrage << ", port : " << serveur.serverPort();
    return a.exec();
}
