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
    bool OuvrirTrouNoir(quint16 _port);
    void Appliquer(const QString &_mode);
private slots:
    void onQTcpServer_NewConnection();
    void onQTcpSocket_ReadyRead();
private:
    QTcpServer *serveur;
};
// #endregion
#endif // SERVEUR_H
