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
    explicit Serveur(const QString &_politique, QObject *parent = nullptr);
    bool LancerServeur(quint16 _port);
private slots:
    void onQTcpServer_NewConnection();
    void onQTcpSocket_ReadyRead();
    void onQTcpSocket_Disconnected();
private:
    void Accepter(QTcpSocket *nouveau);
    void Refuser(QTcpSocket *nouveau);

    QTcpServer *serveur;
    QTcpSocket *client;
    QString politique;
    quint16 port;
};
// #endregion
#endif // SERVEUR_H
