#ifndef RECEPTEUR_H
#define RECEPTEUR_H
#include <QObject>
#include <QUdpSocket>

// #region classe
class Recepteur : public QObject
{
    Q_OBJECT
public:
    explicit Recepteur(QObject *parent = nullptr);
    bool Attacher(quint16 _port);
private slots:
    void lireDatagram();
private:
    QUdpSocket *udpSocket;
};
// #endregion
#endif // RECEPTEUR_H
