#ifndef SERVEUR_H
#define SERVEUR_H
#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

// #region classe
class Serveur : public QObject
{
    Q_OBJECT
public:
    Serveur(int _max, bool _calculAilleurs, QObject *parent = nullptr);
    bool LancerServeur(quint16 _port);
private slots:
    void onQTcpServer_NewConnection();
    void onQTcpSocket_ReadyRead();
    void onQTcpSocket_Disconnected();
    void onQTcpSocket_ErrorOccurred(QAbstractSocket::SocketError _erreur);
private:
    void Refuser(QTcpSocket *client);
    void Calculer(QTcpSocket *client, int borne);

    QTcpServer *serveur;
    QList<QTcpSocket *> clients;
    int max;
    bool calculAilleurs;
};
// #endregion
#endif // SERVEUR_H
