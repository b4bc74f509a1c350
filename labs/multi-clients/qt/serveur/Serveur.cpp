#include "Serveur.h"

#include <QDebug>
#include <QPointer>
#include <QRegularExpression>
#include <QThreadPool>
#include "calcul.h"
#include "phrases.h"

Serveur::Serveur(int _max, bool _calculAilleurs, QObject *parent)
    : QObject{parent}
    , serveur(new QTcpServer(this))
    , max(_max)
    , calculAilleurs(_calculAilleurs)
{
    connect(serveur, &QTcpServer::newConnection, this, &Serveur::onQTcpServer_NewConnection);
}

// #region ecoute
bool Serveur::LancerServeur(quint16 _port)
{
    // ÉCOUTER
    if (!serveur->listen(QHostAddress::Any, _port)) {
        qDebug().noquote() << phrase(serveur->serverError(), _port);
        return false;
    }
    qDebug() << "Serveur lancé sur le port :" << serveur->serverPort();
    return true;
}
// #endregion

// #region acceptation
void Serveur::onQTcpServer_NewConnection()
{
    // ACCEPTER
    while (QTcpSocket *client = serveur->nextPendingConnection()) {
        if (clients.size() >= max) {
            Refuser(client);
            continue;
        }
        clients.append(client);
        connect(client, &QTcpSocket::readyRead, this, &Serveur::onQTcpSocket_ReadyRead);
        connect(client, &QTcpSocket::disconnected, this, &Serveur::onQTcpSocket_Disconnected);
        connect(client, &QTcpSocket::errorOccurred, this, &Serveur::onQTcpSocket_ErrorOccurred);
        qDebug() << "Nouveau client, port :" << client->peerPort() << "Clients :" << clients.size();
    }
}
// #endregion

// #region maximum
void Serveur::Refuser(QTcpSocket *client)
{
    // FERMER
    qDebug() << "Complet, client refusé, port :" << client->peerPort();
    connect(client, &QTcpSocket::disconnected, client, &QTcpSocket::deleteLater);
    client->write("COMPLET");
    client->disconnectFromHost();
}
// #endregion

// #region lecture
void Serveur::onQTcpSocket_ReadyRead()
{
    // ÉCHANGER
    QTcpSocket *client = qobject_cast<QTcpSocket *>(sender()); // le socket qui a émis readyRead
    if (!client)
        return;
    const QString texte = QString::fromUtf8(client->readAll());
    qDebug() << "Reçu du client, port :" << client->peerPort() << texte;
    static const QRegularExpression demande("^calcule ([0-9]{1,7})$");
    const QRegularExpressionMatch borne = demande.match(texte.trimmed());
    if (borne.hasMatch())
        Calculer(client, borne.captured(1).toInt());
    else
        client->write(("Message reçu : " + texte).toUtf8());
}
// #endregion

// #region calcul
void Serveur::Calculer(QTcpSocket *client, int borne)
{
    const auto repondre = [this, client = QPointer<QTcpSocket>(client)](int premiers) {
        qDebug() << "Calcul terminé :" << premiers;
        if (client && clients.contains(client)) // est-il encore là ?
            client->write("Nombres premiers : " + QByteArray::number(premiers));
    };
    if (!calculAilleurs) {
        repondre(compterPremiers(borne)); // pendant ce temps, plus personne n'est servi
        return;
    }
    QThreadPool::globalInstance()->start([this, borne, repondre] {
        const int premiers = compterPremiers(borne);
        // Un socket ne se touche que depuis son propre fil : la réponse y est renvoyée.
        QMetaObject::invokeMethod(this, [premiers, repondre] { repondre(premiers); }, Qt::QueuedConnection);
    });
}
// #endregion

// #region deconnexion
void Serveur::onQTcpSocket_Disconnected()
{
    // FERMER
    QTcpSocket *client = qobject_cast<QTcpSocket *>(sender());
    if (!client)
        return;
    clients.removeAll(client);
    qDebug() << "Client déconnecté, port :" << client->peerPort() << "Clients :" << clients.size();
    client->deleteLater();
}
// #endregion

// #region erreurs
void Serveur::onQTcpSocket_ErrorOccurred(QAbstractSocket::SocketError _erreur)
{
    QTcpSocket *client = qobject_cast<QTcpSocket *>(sender());
    if (!client || _erreur == QAbstractSocket::RemoteHostClosedError)
        return; // un départ, disconnected va suivre
    qDebug().noquote() << QString("Erreur, client %1 :").arg(client->peerPort()) << phrase(_erreur);
}
// #endregion
