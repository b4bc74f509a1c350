#ifndef SERVEUR_H
#define SERVEUR_H
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

// #region classe
class Serveur : public QObject
{
    Q_OBJECT
public:
    explicit Serveur(QObject *parent = nullptr);
    bool LancerServeur(quint16 _port);
private slots:
    void onQTcpServer_NewConnection();
    void onQTcpSocket_Disconnected();
    void onQTcpSocket_ReadyRead();
    void onQTcpSocket_ErrorOccurred(QAbstractSocket::SocketError _erreur);
private:
    QTcpServer *serveur;
    // plus de pointeur : chaque socket vit jusqu'à son propre disconnected
};
// #endregion
#endif // SERVEUR_H
